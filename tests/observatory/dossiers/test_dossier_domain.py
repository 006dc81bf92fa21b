"""The verbs of dossiers: make, change, collect, comment, order, take out, and their refusals."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import EditConflict, Incomplete, NotAllowed, SavedBefore, WrongState
from portal.common.events import history
from portal.library.models import LibraryDocument
from portal.observatory.dossiers import domain
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.limits import COMMENT, DESCRIPTION, DOSSIERS_A_PERSON, ITEMS_A_DOSSIER, TITLE
from portal.observatory.dossiers.models import Dossier, Item, Share
from portal.observatory.dossiers.passages import fingerprint, public_passage
from portal.observatory.dossiers.queries import items_of, visible_to
from tests.factories import make_intervention, make_organization, publish_intervention
from tests.observatory.dossiers.conftest import SECRET, Collect

FIELDS = DossierFields("Registry", "en")


def actions(dossier: Dossier) -> list[str]:
    return [event.action for event in history("dossier", dossier.key)]


def order_of(dossier: Dossier) -> list[int]:
    return list(items_of(dossier).values_list("pk", flat=True))


def test_a_form_sent_twice_makes_one_dossier(owner: User, now: datetime) -> None:
    key = uuid4()
    made = [domain.create_dossier(fields=FIELDS, key=key, actor=person(owner), now=now) for _ in range(2)]
    assert (made[0].pk, Dossier.objects.count()) == (made[1].pk, 1)
    with pytest.raises(SavedBefore):
        domain.create_dossier(fields=DossierFields("Other", "es"), key=key, actor=person(owner), now=now)


def test_a_key_of_somebody_elses_dossier_opens_nothing(
    dossier: Dossier, outsider: User, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        domain.create_dossier(fields=FIELDS, key=dossier.key, actor=person(outsider), now=now)


def test_a_person_without_a_confirmed_address_starts_none(unconfirmed: User, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        domain.create_dossier(fields=FIELDS, actor=person(unconfirmed), now=now)
    assert Dossier.objects.count() == 0


def test_what_cannot_be_kept_is_named_by_field(owner: User, now: datetime) -> None:
    wrong = DossierFields("x" * (TITLE + 1), "xx", "y" * (DESCRIPTION + 2))
    with pytest.raises(Incomplete) as refusal:
        domain.create_dossier(fields=wrong, actor=person(owner), now=now)
    assert [problem.field for problem in refusal.value.problems] == ["title", "description", "language"]


def test_a_person_has_a_hundred_dossiers_at_most(owner: User, now: datetime) -> None:
    Dossier.objects.bulk_create(
        Dossier(owner=owner, title=f"D{n}", language="es", created_at=now, updated_at=now)
        for n in range(DOSSIERS_A_PERSON)
    )
    with pytest.raises(WrongState, match="You have 100 dossiers"):
        domain.create_dossier(fields=FIELDS, actor=person(owner), now=now)


def test_a_change_after_another_save_is_a_conflict(dossier: Dossier, owner: User, now: datetime) -> None:
    changed = domain.change_dossier(
        dossier, fields=DossierFields("Second", "pt"), revision=1, actor=person(owner), now=now
    )
    with pytest.raises(EditConflict) as conflict:
        domain.change_dossier(dossier, fields=FIELDS, revision=1, actor=person(owner), now=now)
    dossier.refresh_from_db()
    assert (dossier.title, dossier.language, dossier.revision) == ("Second", "pt", 2)
    assert conflict.value.stored == changed


def test_a_passage_is_kept_as_it_was_with_its_place(collect: Collect) -> None:
    item = collect("El registro abre los sábados.", comment="Why?", title="Ley", question="registro")
    assert (item.title, item.text, item.sha256, item.comment, item.question, item.order) == (
        "Ley",
        "El registro abre los sábados.",
        fingerprint("El registro abre los sábados."),
        "Why?",
        "registro",
        1,
    )


def test_the_organization_and_the_source_are_kept(
    dossier: Dossier, owner: User, now: datetime, library_document: Callable[..., LibraryDocument]
) -> None:
    record = publish_intervention(make_intervention(make_organization(name="Red Uno")))
    document = library_document("Texto.", title="Ley")
    LibraryDocument.objects.update(source="Gaceta Oficial")
    address = library_document("Otro texto.", title="Web")
    LibraryDocument.objects.filter(pk=address.pk).update(source="https://example.org/ley")
    sources = []
    for document_id in (f"{record.public_id}/es", f"{document.public_id}/es", f"{address.public_id}/es"):
        original = public_passage(document_id, 1)
        assert original is not None
        sources.append(original.source)
    assert sources == ["Red Uno", "Gaceta Oficial", ""]


def test_the_same_passage_twice_is_one(
    dossier: Dossier, owner: User, collect: Collect, now: datetime
) -> None:
    item = collect("El registro abre.")
    original = public_passage(item.document, 1)
    assert original is not None
    again = domain.collect(dossier, original=original, question="", comment="b", actor=person(owner), now=now)
    assert (again.is_new, again.item.pk, Item.objects.count()) == (False, item.pk, 1)
    assert actions(dossier) == ["created", "collected"]


def test_a_dossier_holds_five_hundred_passages(
    dossier: Dossier, owner: User, collect: Collect, now: datetime
) -> None:
    first = collect("El registro abre.")
    values = {
        field.attname: getattr(first, field.attname) for field in Item._meta.fields if field.name != "id"
    }
    Item.objects.bulk_create(
        Item(**values | {"document": f"D-9{n:05d}/es", "order": n}) for n in range(100, 99 + ITEMS_A_DOSSIER)
    )
    with pytest.raises(WrongState, match="holds 500 passages"):
        collect("Otra nota.")


def test_passages_change_places_and_stop_at_the_ends(
    dossier: Dossier, owner: User, collect: Collect, now: datetime
) -> None:
    a, b, c = (collect(f"Texto número {n}.") for n in range(3))
    actor = person(owner)
    moves = [
        domain.move_up(a, actor=actor, now=now),
        domain.move_down(c, actor=actor, now=now),
        domain.move_up(c, actor=actor, now=now),
        domain.move_down(a, actor=actor, now=now),
    ]
    assert (moves, order_of(dossier)) == ([False, False, True, True], [c.pk, a.pk, b.pk])
    domain.remove_item(a, actor=actor, now=now)
    domain.move_up(b, actor=actor, now=now)
    assert order_of(dossier) == [b.pk, c.pk]
    assert domain.move_up(a, actor=actor, now=now) is False


def test_a_comment_after_another_save_is_a_conflict(owner: User, collect: Collect, now: datetime) -> None:
    item, actor = collect("El registro abre."), person(owner)
    domain.comment_on(item, comment="First", revision=1, actor=actor, now=now)
    with pytest.raises(EditConflict) as conflict:
        domain.comment_on(item, comment="Second", revision=1, actor=actor, now=now)
    assert conflict.value.stored.comment == "First"
    with pytest.raises(Incomplete):
        domain.comment_on(item, comment="x" * (COMMENT + 1), revision=2, actor=actor, now=now)


@pytest.mark.parametrize(
    "verb",
    ["change", "delete", "collect", "comment", "up", "down", "remove"],
)
def test_a_reader_changes_nothing(
    shared: Dossier, reader: User, collect: Collect, now: datetime, verb: str
) -> None:
    item, actor = collect("El registro abre.", comment="Stays"), person(reader)
    original = public_passage(item.document, 1)
    assert original is not None
    calls: dict[str, Callable[[], object]] = {
        "change": lambda: domain.change_dossier(shared, fields=FIELDS, revision=1, actor=actor, now=now),
        "delete": lambda: domain.delete_dossier(shared, actor=actor, now=now),
        "collect": lambda: domain.collect(
            shared, original=original, question="", comment="", actor=actor, now=now
        ),
        "comment": lambda: domain.comment_on(item, comment="x", revision=1, actor=actor, now=now),
        "up": lambda: domain.move_up(item, actor=actor, now=now),
        "down": lambda: domain.move_down(item, actor=actor, now=now),
        "remove": lambda: domain.remove_item(item, actor=actor, now=now),
    }
    with pytest.raises(NotAllowed):
        calls[verb]()
    assert Item.objects.values_list("comment", flat=True).get() == "Stays"


def test_every_change_is_noted_without_a_word_of_it(
    dossier: Dossier, owner: User, collect: Collect, now: datetime
) -> None:
    actor, item = person(owner), collect(f"Texto {SECRET}.", comment=SECRET)
    other = collect("Otro texto.")
    domain.comment_on(item, comment=f"New {SECRET}", revision=1, actor=actor, now=now)
    domain.move_down(item, actor=actor, now=now)
    domain.remove_item(other, actor=actor, now=now)
    domain.change_dossier(dossier, fields=FIELDS, revision=1, actor=actor, now=now)
    domain.delete_dossier(dossier, actor=actor, now=now)
    assert actions(dossier) == [
        "created",
        "collected",
        "collected",
        "commented",
        "moved",
        "removed",
        "changed",
        "deleted",
    ]
    assert [event for event in history("dossier", dossier.key) if SECRET in str(event.details)] == []
    assert (Dossier.objects.count(), Item.objects.count()) == (0, 0)


@pytest.mark.parametrize("verb", ["change", "collect", "comment", "down", "remove"])
def test_whoever_was_put_out_meanwhile_changes_nothing(
    shared: Dossier, writer: User, collect: Collect, now: datetime, verb: str
) -> None:
    item, actor = collect("El registro abre.", comment="Stays"), person(writer)
    original = public_passage(item.document, 1)
    seen = visible_to(actor).get()
    item.dossier = seen
    Share.objects.filter(person=writer).delete()
    calls: dict[str, Callable[[], object]] = {
        "change": lambda: domain.change_dossier(seen, fields=FIELDS, revision=1, actor=actor, now=now),
        "collect": lambda: domain.collect(
            seen, original=original, question="", comment="", actor=actor, now=now
        ),
        "comment": lambda: domain.comment_on(item, comment="x", revision=1, actor=actor, now=now),
        "down": lambda: domain.move_down(item, actor=actor, now=now),
        "remove": lambda: domain.remove_item(item, actor=actor, now=now),
    }
    with pytest.raises(NotAllowed):
        calls[verb]()
    assert Item.objects.values_list("comment", flat=True).get() == "Stays"


def test_whoever_has_handed_a_dossier_over_cannot_delete_it(
    dossier: Dossier, owner: User, writer: User, now: datetime
) -> None:
    seen = visible_to(person(owner)).get()
    Dossier.objects.update(owner=writer)
    with pytest.raises(NotAllowed):
        domain.delete_dossier(seen, actor=person(owner), now=now)
    assert Dossier.objects.count() == 1


def test_what_was_deleted_meanwhile_is_refused(
    dossier: Dossier, owner: User, collect: Collect, now: datetime
) -> None:
    item, actor = collect("El registro abre."), person(owner)
    Item.objects.all().delete()
    with pytest.raises(WrongState):
        domain.comment_on(item, comment="x", revision=1, actor=actor, now=now)
    Dossier.objects.all().delete()
    with pytest.raises(NotAllowed):
        domain.comment_on(item, comment="x", revision=1, actor=actor, now=now)
    with pytest.raises(NotAllowed):
        domain.delete_dossier(dossier, actor=actor, now=now)
