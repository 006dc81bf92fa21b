"""What becomes of a collected passage when its document changes or is withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.events import history
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument, LibraryPassage
from portal.observatory.dossiers import domain, upkeep
from portal.observatory.dossiers.models import Dossier, Item
from portal.observatory.dossiers.passages import public_document, public_passage
from portal.observatory.dossiers.reading import State, shown
from portal.publication.models import Record
from search.engines.documents import IndexDocument, Passage
from search.index.signals import documents_indexed
from search.results.visibility import public_ids
from tests.factories import make_intervention, make_organization, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.observatory.dossiers.conftest import SECRET, Collect

TEXT = f"El registro {SECRET} abre los sábados."


def state_of(item: Item) -> State:
    item.refresh_from_db()
    return shown([item], ui="en")[0].state


def tell(documents: list[IndexDocument], absent: list[str]) -> None:
    documents_indexed.send(sender="tests", documents=documents, absent=absent)


def reading(item: Item, *texts: str) -> IndexDocument:
    """The item's document with other passages."""
    document = public_document(item.document)
    assert document is not None
    passages = tuple(Passage(text, n, n, "", f"p{n}") for n, text in enumerate(texts, start=1))
    return replace(document, passages=passages)


def test_a_withdrawn_passage_keeps_number_date_and_comment_only(collect: Collect, dossier: Dossier) -> None:
    item = collect(TEXT, comment="My note", question=SECRET, title=f"Ley {SECRET}")
    withdraw_document(LibraryDocument.objects.get(), actor=system("tests"), now=timezone.now())
    tell([], [item.document, "D-99999/es"])
    item.refresh_from_db()
    assert SECRET not in str(Item.objects.values().get())
    assert (item.number, item.comment, item.withdrawn_at is None) == (
        LibraryDocument.objects.get().public_id,
        "My note",
        False,
    )
    assert state_of(item) == State.WITHDRAWN
    assert history("dossier", dossier.key).last().action == "emptied"


def test_a_withdrawn_passage_cannot_be_read_before_the_index_knows(collect: Collect) -> None:
    item = collect(TEXT, title=f"Ley {SECRET}", question=SECRET)
    withdraw_document(LibraryDocument.objects.get(), actor=system("tests"), now=timezone.now())
    one = shown([item], ui="en")[0]
    assert one.state == State.WITHDRAWN
    assert SECRET not in repr(one) + one.citation + one.told + one.name


def test_the_table_refuses_words_of_a_withdrawn_passage(collect: Collect, now: datetime) -> None:
    item = collect(TEXT)
    with pytest.raises(IntegrityError):
        Item.objects.filter(pk=item.pk).update(withdrawn_at=now)


def test_several_passages_of_one_document_are_emptied_together(
    dossier: Dossier, owner: User, now: datetime, library_document: Callable[..., LibraryDocument]
) -> None:
    document = library_document("\n\n".join(f"{word} " * 130 for word in ("uno", "dos", "tres")))
    for position in (1, 2):
        original = public_passage(f"{document.public_id}/es", position)
        assert original is not None
        domain.collect(dossier, original=original, question="", comment="", actor=person(owner), now=now)
    tell([], [f"{document.public_id}/es"])
    assert list(Item.objects.values_list("text", flat=True)) == ["", ""]


def test_a_changed_passage_shows_both_texts_until_it_reads_as_before(collect: Collect) -> None:
    item = collect(TEXT)
    tell([reading(item, "Ahora dice otra cosa.")], [])
    assert state_of(item) == State.CHANGED
    one = shown([item], ui="en")[0]
    assert (one.text, one.current_text) == (TEXT, "Ahora dice otra cosa.")
    tell([reading(item, TEXT)], [])
    assert (state_of(item), item.current_text) == (State.SAME, "")


def test_a_passage_that_moved_is_followed(collect: Collect) -> None:
    item = collect(TEXT)
    tell([reading(item, "Nuevo principio.", "Más.", TEXT)], [])
    assert state_of(item) == State.SAME
    assert (item.position, item.anchor, item.page) == (3, "p3", 3)


def test_a_passage_that_is_nowhere_any_more_is_missing(collect: Collect) -> None:
    item = collect(TEXT)
    Item.objects.update(position=2)
    tell([reading(item, "Solo esto.")], [])
    assert state_of(item) == State.MISSING
    at = item.changed_at
    tell([reading(item, "Solo esto.")], [])
    item.refresh_from_db()
    assert item.changed_at == at


def test_emptying_does_not_depend_on_what_else_is_told(collect: Collect) -> None:
    gone, stays = collect(TEXT), collect("Otro texto.")
    broken = replace(reading(stays, "x"), path="x" * 10, passages=(None,))  # type: ignore[arg-type]
    documents_indexed.send_robust(sender="tests", documents=[broken], absent=[gone.document])
    gone.refresh_from_db()
    assert gone.text == ""


def test_refresh_finds_what_nobody_told(collect: Collect, capsys: pytest.CaptureFixture[str]) -> None:
    gone, changed, same = collect(TEXT), collect("Segundo texto."), collect("Tercer texto.")
    withdraw_document(
        LibraryDocument.objects.get(pk=int(gone.number[2:])), actor=system("tests"), now=timezone.now()
    )
    LibraryPassage.objects.filter(document=int(changed.number[2:])).update(text="Otro segundo.")
    call_command("refresh_dossiers")
    assert capsys.readouterr().out == "2 passages brought up to date\n"
    assert [state_of(each) for each in (gone, changed, same)] == [
        State.WITHDRAWN,
        State.CHANGED,
        State.SAME,
    ]
    assert upkeep.refresh(now=timezone.now()) == 0


def test_public_ids_agree_with_the_builders(
    consultation_pages: ConsultationTree, library_document: Callable[..., LibraryDocument]
) -> None:
    record = publish_intervention(make_intervention(make_organization()))
    record.translations.create(of_version=1, language="pt", kind="official", title="T", texts={"body": "B"})
    withdrawn = publish_intervention(make_intervention(make_organization()))
    document, hidden = library_document("Texto."), library_document("Otro.")
    withdraw_document(hidden, actor=system("tests"), now=timezone.now())
    Record.objects.filter(pk=withdrawn.pk).update(
        state="withdrawn", title="", summary="", texts={}, facts={}, withdrawn_at=timezone.now()
    )
    page, draft = consultation_pages.consultation["es"], consultation_pages.area["fr"]
    draft.unpublish()
    things = (record.public_id, withdrawn.public_id, document.public_id, hidden.public_id)
    keys = (page.translation_key, draft.translation_key, consultation_pages.questions[0])
    ids = [f"{thing}/{code}" for thing in (*things, *keys) for code in ("es", "pt", "fr", "en")]
    ids += ["P-99999/es", "X-00001/es", "nonsense", "P-00001/es"]
    assert public_ids(ids) == {each for each in ids if public_document(each)}
    assert len(public_ids(ids)) == 13


@pytest.mark.parametrize("asked", ["d-{}/es", "D-{:09d}/es", "D-{}/es"])
def test_one_document_has_one_id(library_document: Callable[..., LibraryDocument], asked: str) -> None:
    document = library_document("Texto.")
    original = public_passage(asked.format(document.pk), 1)
    assert original is not None
    assert original.document.id == f"{document.public_id}/es"


@pytest.mark.parametrize("asked", ["", "/", "x", "D-1", "\0/es", "D-999999999/es", "a" * 5000])
def test_what_is_no_document_is_not_found(db: None, asked: str) -> None:
    assert public_passage(asked, 1) is None


def test_the_address_of_a_withdrawn_page_goes_with_its_words(
    consultation_pages: ConsultationTree, dossier: Dossier, owner: User, now: datetime
) -> None:
    page = consultation_pages.consultation["es"]
    page.slug = SECRET
    page.save_revision().publish()
    original = public_passage(f"{page.translation_key}/es", 1)
    assert original is not None
    item = domain.collect(
        dossier, original=original, question="", comment="Note", actor=person(owner), now=now
    ).item
    assert SECRET in item.path
    page.unpublish()
    tell([], [item.document])
    assert SECRET not in str(Item.objects.values().get())
    page.save_revision().publish()
    item.refresh_from_db()
    assert shown([item], ui="es")[0].path == ""
