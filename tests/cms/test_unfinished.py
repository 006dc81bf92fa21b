"""What editors have begun of pages: drafts, and translations that are missing or behind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from portal.accounts.models import User
from portal.cms.unfinished import drafts, untranslated
from portal.pages.models import ContentPage
from tests.factories.pages import Pages, make_home

NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def homes(db: None) -> Pages:
    """One in each language, live."""
    return make_home()


def make_page(homes: Pages, title: str, *codes: str, behind: str = "") -> list[ContentPage]:
    """In these languages, the first is the original; published an hour before it in the language `behind`."""
    pages: list[ContentPage] = []
    for code in codes:
        page = ContentPage(title=f"{title} {code}", slug=title.lower(), locale=homes[code].locale)
        if pages:
            page.translation_key = pages[0].translation_key
        homes[code].add_child(instance=page)
        at = NOW - HOUR if code == behind else NOW
        Page.objects.filter(pk=page.pk).update(last_published_at=at)
        pages.append(page)
    return pages


@pytest.mark.long
def test_missing_and_old_translations_are_named_with_the_number_of_pages(homes: Pages) -> None:
    make_page(homes, "Whole", "es", "en", "pt", "fr")
    make_page(homes, "Behind", "es", "en", "pt", "fr", behind="pt")
    make_page(homes, "Half", "en", "es")
    (hidden,) = make_page(homes, "Draft", "es")
    Page.objects.filter(pk=hidden.pk).update(live=False)
    rows, of_all = untranslated()
    told = {row.title: (row.missing, row.behind) for row in rows}
    assert told == {"Behind es": ((), ("pt",)), "Half en": (("pt", "fr"), ())}
    assert of_all == len(told) + 2


def test_the_editor_reads_what_is_not_published(client: Client, homes: Pages, editor: User) -> None:
    (page,) = make_page(homes, "Begun", "es")
    page.title = "Begun anew"
    page.save_revision()
    assert [row.pk for row in drafts()] == [page.pk]
    client.force_login(editor)
    home = client.get("/en/desk/").context["home"]
    cards = {str(card.title): card.number for card in home.cards}
    assert (cards["Drafts of pages"], cards["Translations of pages"]) == (1, 1)
    assert f"/admin/pages/{page.pk}/edit/" in {duty.url for duty in home.next}
