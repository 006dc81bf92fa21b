"""A passage is cited in its dossier as on the page of its citation, with nothing made up."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import person
from portal.library.enums import DocumentKind
from portal.library.models import LibraryDocument, LibraryPassage
from portal.observatory.dossiers import domain
from portal.observatory.dossiers.models import Dossier, Item
from portal.observatory.dossiers.passages import public_passage
from portal.observatory.dossiers.queries import items_of
from portal.observatory.dossiers.reading import shown
from search.results.citation import as_text, cited
from tests.factories import make_intervention, make_organization, publish_intervention
from tests.observatory.dossiers.conftest import Collect


def told(item: Item) -> str:
    item.refresh_from_db()
    return shown([item], ui="en")[0].citation


def as_cited(item: Item) -> str:
    seen = timezone.localdate(item.collected_at)
    return as_text(cited(item.identity, item.language, item.position, site=settings.SITE_URL, seen=seen))


def test_a_document_has_its_kind_date_and_printed_page(collect: Collect) -> None:
    item = collect("El registro abre los sábados.", title="Informe")
    LibraryDocument.objects.update(kind=DocumentKind.REPORT, year=2023)
    LibraryPassage.objects.update(page=9, label="vii")
    assert told(item) == as_cited(item)
    assert "Informe [Report] (2023), page vii. " in told(item)
    assert shown([item], ui="en")[0].where == "page vii"


def test_a_document_without_a_year_has_none(
    collect: Collect, library_document: Callable[..., LibraryDocument]
) -> None:
    undated = library_document("Otro.", year=None)
    original = public_passage(f"{undated.public_id}/es", 1)
    assert original
    assert original.document.dated is not None
    assert original.year is None
    item = collect("El registro abre.")
    Item.objects.update(year=2026)  # as it was kept when the day of its adding was taken for it
    LibraryDocument.objects.update(year=None)
    assert "(no year)" in told(item)
    assert shown([item], ui="en")[0].year is None
    assert told(item) == as_cited(item)


def test_a_contribution_is_cited_alike(dossier: Dossier, owner: User, now: datetime) -> None:
    record = publish_intervention(make_intervention(make_organization(name="Red Uno")))
    original = public_passage(f"{record.public_id}/{record.language}", 1)
    assert original
    item = domain.collect(
        dossier, original=original, question="", comment="", actor=person(owner), now=now
    ).item
    assert told(item) == as_cited(item)
    assert told(item).startswith("Red Uno (")


def test_words_that_stand_there_no_more_keep_the_page_of_the_file(collect: Collect, now: datetime) -> None:
    item = collect("El registro abre.")
    LibraryPassage.objects.update(page=9, label="vii")
    Item.objects.update(page=4, changed_at=now)
    assert ", page 4. " in told(item)


def test_one_and_many_passages_are_cited_with_the_same_queries(
    dossier: Dossier, collect: Collect, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    collect("Primero.")
    for number in (1, 4):
        while items_of(dossier).count() < number:
            collect(f"Otro {items_of(dossier).count()}.")
        items = list(items_of(dossier))
        with django_assert_num_queries(3):
            assert len([each.citation for each in shown(items, ui="en")]) == number
