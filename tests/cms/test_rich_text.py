"""Links to pages inside texts: the reader's language, no leak of hidden pages, few queries."""

from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from tests.factories import make_home
from tests.factories.pages import ConsultationTree, Pages
from tests.thinning import rarely


@pytest.fixture
def home(db: None) -> Pages:
    return make_home()


def _link(page: Page) -> str:
    return f'<a linktype="page" id="{page.pk}">x</a>'


def test_link_leads_to_the_page_in_the_readers_language(consultation_pages: ConsultationTree) -> None:
    with translation.override("fr"):
        assert expand_db_html(_link(consultation_pages.index["es"])) == '<a href="/fr/consultations/">x</a>'


def test_link_to_a_missing_translation_stays_in_the_readers_language(home: Pages) -> None:
    page = Page(title="Only English", slug="only", locale=home["en"].locale)
    home["en"].add_child(instance=page)
    with translation.override("pt"):
        assert expand_db_html(_link(page)) == '<a href="/pt/only/">x</a>'


def test_link_to_a_draft_or_a_page_that_is_gone_has_no_address(home: Pages) -> None:
    draft = Page(title="Secret", slug="secret-draft", locale=home["es"].locale, live=False)
    home["es"].add_child(instance=draft)
    text = _link(draft) + '<a linktype="page" id="99999">x</a><a linktype="page" id="no">x</a>'
    assert expand_db_html(text) == "<a>x</a>" * 3


@pytest.mark.parametrize("number", [rarely(1), 20])
def test_links_are_looked_up_together(
    consultation_pages: ConsultationTree, django_assert_num_queries: Any, number: int
) -> None:
    text = _link(consultation_pages.index["es"]) * number
    expand_db_html(text)
    with django_assert_num_queries(2):
        expand_db_html(text)
