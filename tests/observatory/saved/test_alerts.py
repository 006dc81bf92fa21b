"""Saved searches against commits of the index: what is new is noted once, what is gone is not told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.interventions.projection import project
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.observatory.saved import alerts, domain
from portal.observatory.saved.models import FoundDocument, Match, SavedSearch, Unevaluated
from portal.observatory.saved.stock import settle
from portal.organizations.models import Organization
from portal.publication.domain import publish, withdraw
from portal.publication.enums import RecordKind
from portal.publication.projections import Translated
from portal.taxonomy.models import Concept
from search.engines.base import Engine
from search.index import outbox
from search.index.drain import drain
from search.index.rebuild import rebuild
from search.models import Source
from search.results.service import Question
from tests.factories import make_intervention, publish_intervention

Add = Callable[..., LibraryDocument]
Keep = Callable[..., SavedSearch]


def things(search: SavedSearch) -> list[str]:
    return sorted(search.matches.values_list("thing", flat=True))


def edited(document: LibraryDocument, engine: Engine) -> None:
    outbox.enqueue(Source.DOCUMENT, [document.public_id], now=timezone.now())
    drain(engine)


def test_a_new_match_is_noted_once(index: Engine, keep: Keep, library_document: Add) -> None:
    search = keep("niñez")
    document = library_document("Una nota sobre la niñez")
    library_document("Otra cosa")
    drain(index)
    assert things(search) == [document.public_id]
    edited(document, index)
    assert things(search) == [document.public_id]
    match = search.matches.get()
    assert (match.document.title, match.document.language, match.position) == ("Nota", "es", 1)


def test_what_was_found_when_it_was_kept_is_not_new(index: Engine, keep: Keep, library_document: Add) -> None:
    document = library_document("Una nota sobre la niñez")
    drain(index)
    search = keep("niñez")
    assert SavedSearch.objects.get().is_settled
    edited(document, index)
    assert things(search) == []
    late = library_document("La niñez otra vez")
    drain(index)
    assert things(search) == [late.public_id]


# The words of a search, what else it asks, how often it finds the one document.
ASKED: list[tuple[str, dict[str, Any], int]] = [
    ("niños nacidos", {}, 1),
    ('"nacidos en"', {}, 1),
    ("niños -transito", {}, 0),
    ("niños nacidos lejos", {}, 0),
    ("", {}, 1),
    ("...", {}, 0),
    ("niños", {"chosen": {"kind": ("document",), "year": ("2024",)}}, 1),
    ("niños", {"chosen": {"kind": ("document",), "year": ("2020",)}}, 0),
    ("niños", {"chosen": {"language": ("fr",)}}, 0),
    ("niños", {"ui": "fr"}, 1),
    ("stateless", {"ui": "en"}, 1),
    ("stateless", {"ui": "en", "expand": False}, 0),
]


def test_a_match_is_what_the_page_finds(index: Engine, keep: Keep, library_document: Add) -> None:
    searches = [keep(text, **asked) for text, asked, _number in ASKED]
    library_document("Los niños apátridas nacidos en tránsito")
    drain(index)
    told = [len(things(search)) for search in searches]
    assert [(row, times) for row, times in zip(ASKED, told, strict=True) if row[2] != times] == []


def test_a_withdrawn_thing_is_forgotten_before_it_was_told(
    index: Engine, keep: Keep, library_document: Add
) -> None:
    search, document = keep("niñez"), library_document("La niñez", title="Zanahoria")
    drain(index)
    assert things(search) == [document.public_id]
    withdraw_document(document, actor=system("tests"), now=timezone.now())
    drain(index)
    assert things(search) == []
    assert list(FoundDocument.objects.values_list("title", "path")) == [("", "")]


@pytest.mark.long
def test_a_told_match_that_goes_and_comes_back_is_not_told_again(
    index: Engine, keep: Keep, organization: Organization
) -> None:
    search, draft = keep("niñez"), make_intervention(organization, title="Nota", body="La niñez")
    publish_intervention(draft)
    drain(index)
    Match.objects.update(told_at=timezone.now())
    withdraw(RecordKind.INTERVENTION, draft.key, actor=system("tests"), now=timezone.now())
    drain(index)
    assert [(match.is_current, match.document.title) for match in search.matches.all()] == [(False, "")]
    publish_intervention(draft)
    drain(index)
    match = search.matches.get()
    assert (match.is_current, match.document.title, match.told_at is None) == (True, "Nota", False)


def test_a_changed_title_changes_what_is_shown(index: Engine, keep: Keep, library_document: Add) -> None:
    search, document = keep("niñez"), library_document("La niñez")
    drain(index)
    LibraryDocument.objects.filter(pk=document.pk).update(title="Nuevo")
    edited(document, index)
    assert search.matches.get().document.title == "Nuevo"


def test_two_searches_alike_are_both_told(index: Engine, keep: Keep, library_document: Add) -> None:
    searches = [keep("niñez"), keep("niñez")]
    document = library_document("La niñez")
    drain(index)
    assert [things(search) for search in searches] == [[document.public_id]] * 2


@pytest.mark.long
def test_the_glossary_of_the_moment_counts(index: Engine, keep: Keep, library_document: Add) -> None:
    search = keep("nacidos")
    first = library_document("Born in transit", language="en")
    drain(index)
    assert things(search) == []
    concept = Concept.objects.create(key="birth")
    concept.terms.create(language="es", text="nacido", preferred=True)
    concept.terms.create(language="en", text="born", preferred=True)
    edited(first, index)
    assert things(search) == [first.public_id]


def test_an_evaluation_that_fails_is_done_with_the_next_commit(
    index: Engine, keep: Keep, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, real = keep("niñez"), alerts.evaluate

    def broken(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise MemoryError("no room")

    monkeypatch.setattr(alerts, "evaluate", broken)
    document = library_document("La niñez")
    drain(index)
    assert (things(search), outbox.backlog().waiting) == ([], 0)
    assert [row.thing for row in Unevaluated.objects.all()] == [document.public_id]
    monkeypatch.undo()
    library_document("Otra cosa")
    drain(index)
    assert (things(search), Unevaluated.objects.count()) == ([document.public_id], 0)


def test_a_thing_that_cannot_be_evaluated_waits_longer_each_time(
    index: Engine, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    Unevaluated.objects.create(thing="D-00001", noted_at=now, not_before=now)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(alerts, "evaluate", broken)
    assert alerts.evaluate_again(now=now) == 0
    row = Unevaluated.objects.get()
    assert (row.attempts, (row.not_before - now).total_seconds()) == (1, 2.0)
    assert alerts.evaluate_again(now=now) == 0
    assert Unevaluated.objects.get().attempts == 1
    monkeypatch.undo()
    assert alerts.evaluate_again(now=now, is_due=False) == 1


def test_a_search_kept_without_an_index_takes_stock_later(
    index: Engine, keep: Keep, library_document: Add, settings: Any, tmp_path: Any
) -> None:
    document = library_document("La niñez")
    drain(index)
    there, settings.SEARCH_DIR = settings.SEARCH_DIR, tmp_path / "nothing"
    search = keep("niñez")
    assert (search.found, SavedSearch.objects.get().found) == (None, None)
    assert settle(now=timezone.now()) == 0
    settings.SEARCH_DIR = there
    assert settle(now=timezone.now()) == 1
    edited(document, index)
    assert (things(search), SavedSearch.objects.get().is_settled) == ([], True)


def test_what_comes_between_the_scroll_and_its_note_is_told(
    index: Engine, keep: Keep, library_document: Add
) -> None:
    search = keep("niñez")
    SavedSearch.objects.update(found=None, is_settled=False)
    document = library_document("La niñez")
    drain(index)
    assert things(search) == []
    SavedSearch.objects.update(found=b"")
    assert settle(now=timezone.now()) == 1
    assert things(search) == [document.public_id]


def test_a_rebuild_tells_what_still_waited(index: Engine, keep: Keep, library_document: Add) -> None:
    search, document = keep("niñez"), library_document("La niñez")
    rebuild(index)
    drain(index)
    assert things(search) == [document.public_id]


def test_another_question_begins_anew(index: Engine, keep: Keep, library_document: Add) -> None:
    search = keep("niñez")
    library_document("La niñez en tránsito")
    drain(index)
    owner = person(User.objects.get(pk=search.owner_id))
    domain.replace_question(search, question=Question("tránsito", "es"), actor=owner, now=timezone.now())
    assert things(search) == []
    late = library_document("De tránsito")
    drain(index)
    assert things(search) == [late.public_id]


@pytest.mark.long
def test_a_thing_is_told_once_in_whatever_language(
    index: Engine, keep: Keep, organization: Organization
) -> None:
    search = keep("frontera", chosen={"language": ("es", "fr")}, expand=False)
    draft = make_intervention(organization, body="La frontera", title="Uno")
    record = publish(project(draft), actor=system("tests"), now=timezone.now())
    drain(index)
    assert [match.document_id for match in search.matches.all()] == [f"{record.public_id}/es"]
    Match.objects.update(told_at=timezone.now())
    both = replace(
        project(draft),
        texts={"body": "Otra cosa"},
        translations=(Translated("fr", "Un", {"body": "De la frontera"}),),
    )
    publish(both, actor=system("tests"), now=timezone.now())
    drain(index)
    assert [(match.thing, match.is_current) for match in search.matches.all()] == [(record.public_id, True)]
