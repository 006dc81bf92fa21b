"""A page that got a new address: the old one leads there, in each language, for the pages below as well."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from portal.pages.models import ContentPage
from tests.factories import make_home
from tests.factories.pages import ConsultationTree, Pages

Rename = Callable[[Pages, str], None]
CODES = ("es", "en", "pt", "fr")
BELOW = "segment-1/area-1/question-1/"


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Rename:
    """As an editor does, by publishing a page; translations follow when they are published."""

    def renamed(pages: Pages, slug: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for page in pages.values():
                specific = page.specific
                specific.slug = slug
                specific.save_revision().publish()

    return renamed


def _answers(client: Client, path: str) -> dict[str, tuple[int, str]]:
    responses = {code: client.get(f"/{code}/{path}") for code in CODES}
    return {
        code: (answer.status_code, answer.headers.get("Location", "")) for code, answer in responses.items()
    }


@pytest.mark.few(1)
@pytest.mark.parametrize("below", ["", BELOW])
def test_all_four_addresses_of_a_renamed_page_lead_on(
    client: Client, consultation_pages: ConsultationTree, rename: Rename, below: str
) -> None:
    rename(consultation_pages.consultation, "cartagena")
    assert _answers(client, f"consultations/brasilia/{below}") == {
        code: (301, f"/{code}/consultations/cartagena/{below}") for code in CODES
    }
    assert _answers(client, f"consultations/cartagena/{below}") == dict.fromkeys(CODES, (200, ""))


def test_a_page_without_translations_leads_on_under_every_prefix(
    client: Client, db: None, rename: Rename
) -> None:
    page = make_home()["en"].add_child(instance=ContentPage(title="Only English", slug="only-english"))
    rename({"en": page}, "renamed")
    assert _answers(client, "only-english/") == {code: (301, f"/{code}/renamed/") for code in CODES}


@pytest.mark.long
def test_the_question_goes_along(
    client: Client, consultation_pages: ConsultationTree, rename: Rename
) -> None:
    rename(consultation_pages.consultation, "cartagena")
    answer = client.get("/fr/consultations/brasilia/?q=a%20b")
    assert answer["Location"] == "/fr/consultations/cartagena/?q=a%20b"


def test_a_page_that_is_not_public_any_more_is_not_led_to(client: Client, db: None, rename: Rename) -> None:
    page = make_home()["es"].add_child(instance=ContentPage(title="Acerca", slug="acerca"))
    rename({"es": page}, "nosotros")
    assert client.get("/es/acerca/")["Location"] == "/es/nosotros/"
    Page.objects.filter(pk=page.pk).update(live=False)
    assert client.get("/es/acerca/").status_code == 404


def test_a_page_below_a_draft_or_a_closed_page_is_not_led_to(
    client: Client, db: None, rename: Rename
) -> None:
    above = make_home()["es"].add_child(instance=ContentPage(title="Arriba", slug="arriba"))
    rename({"es": above.add_child(instance=ContentPage(title="Acerca", slug="acerca"))}, "nosotros")
    assert client.get("/es/arriba/acerca/")["Location"] == "/es/arriba/nosotros/"
    closed = PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    assert "nosotros" not in client.get("/es/arriba/acerca/").headers.get("Location", "")
    closed.delete()
    Page.objects.filter(pk=above.pk).update(live=False)
    assert client.get("/es/arriba/acerca/").status_code == 404


def test_a_moved_page_leads_on(client: Client, db: None) -> None:
    home = make_home()["es"]
    page, parent = (
        home.add_child(instance=ContentPage(title=slug, slug=slug)) for slug in ("acerca", "arriba")
    )
    page.move(Page.objects.get(pk=parent.pk), pos="last-child")
    assert client.get("/es/acerca/")["Location"] == "/es/arriba/acerca/"


def test_an_editor_leads_any_address_anywhere(client: Client, home_pages: Pages) -> None:
    Redirect.add_redirect("/pledge-form", "/es/pledges/", is_permanent=False)
    answer = client.get("/pledge-form")
    assert (answer.status_code, answer["Location"]) == (302, "/es/pledges/")


@pytest.mark.parametrize("path", ["/es/nothing/", "/nothing", "/es/%00/"])
def test_what_never_was_stays_not_found(
    client: Client, home_pages: Pages, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(path)
    with django_assert_max_num_queries(2):
        assert client.get(path).status_code == 404


@pytest.fixture
def home_pages(db: None) -> Pages:
    return make_home()
