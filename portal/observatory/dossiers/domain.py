"""What happens to a dossier and its passages, as verbs; the desk's views call them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import EditConflict, Incomplete, NotAllowed, Problem, SavedBefore, WrongState
from portal.observatory.dossiers import rules
from portal.observatory.dossiers.drafts import DossierFields, comment_problems, dossier_problems
from portal.observatory.dossiers.limits import DOSSIERS_A_PERSON, ITEMS_A_DOSSIER, QUESTION
from portal.observatory.dossiers.models import Dossier, Item
from portal.observatory.dossiers.passages import PublicPassage, fingerprint
from portal.observatory.dossiers.queries import KIND, items_of


@dataclass(frozen=True, slots=True)
class Collected:
    """A passage in a dossier, and whether it was there before."""

    item: Item
    is_new: bool


@transaction.atomic
def create_dossier(*, fields: DossierFields, actor: Actor, now: datetime, key: UUID | None = None) -> Dossier:
    """An empty dossier. The same `key` with the same words gives the same one: a form sent twice makes one.

    Like every verb here that takes words it raises `Incomplete`, naming the field.
    """
    if not rules.can_start(actor):
        raise NotAllowed("create a dossier")
    User.objects.select_for_update().get(pk=actor.user_id or 0)
    present = Dossier.objects.filter(key=key).first() if key else None
    if present is not None:
        present = _locked(present, rules.can_edit, actor, "create a dossier")
        if DossierFields(present.title, present.language, present.description) != fields:
            raise SavedBefore()
        return present
    _require(dossier_problems(fields))
    require_room(actor.user_id or 0)
    dossier = Dossier.objects.create(
        key=key or uuid4(),
        owner_id=actor.user_id,
        title=fields.title,
        description=fields.description,
        language=fields.language,
        created_at=now,
        updated_at=now,
    )
    note("created", dossier, actor, now)
    return dossier


@transaction.atomic
def change_dossier(
    dossier: Dossier, *, fields: DossierFields, revision: int, actor: Actor, now: datetime
) -> Dossier:
    """Title, description, language. Raises `EditConflict` with the stored version after another save."""
    stored = _locked(dossier, rules.can_edit, actor, "change a dossier")
    if revision != stored.revision:
        raise EditConflict(stored)
    _require(dossier_problems(fields))
    stored.title, stored.description, stored.language = fields.title, fields.description, fields.language
    stored.revision += 1
    _touch(stored, now)
    note("changed", stored, actor, now, revision=stored.revision)
    return stored


@transaction.atomic
def delete_dossier(dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """For everybody it is shared with too; only its key stays in the log."""
    stored = _locked(dossier, rules.can_delete, actor, "delete a dossier")
    note("deleted", stored, actor, now, passages=items_of(stored).count())
    stored.delete()


@transaction.atomic
def collect(
    dossier: Dossier, *, original: PublicPassage, question: str, comment: str, actor: Actor, now: datetime
) -> Collected:
    """Put a public passage at the end. The same words of the same document are there once."""
    stored = _locked(dossier, rules.can_edit, actor, "add to a dossier")
    document, passage, sha = original.document, original.passage, fingerprint(original.passage.text)
    _require(comment_problems(comment))
    items = items_of(stored)
    present = items.filter(document=document.id, sha256=sha).first()
    if present is not None:
        return Collected(present, is_new=False)
    if items.count() >= ITEMS_A_DOSSIER:
        raise WrongState(
            _("This dossier is full: it holds %(most)d passages. Make another one.")
            % {"most": ITEMS_A_DOSSIER}
        )
    last = items.last()
    item = Item.objects.create(
        dossier=stored,
        order=last.order + 1 if last else 1,
        document=document.id,
        kind=document.kind,
        language=document.language,
        path=document.path,
        title=document.title,
        source=original.source,
        year=original.year,
        position=passage.position,
        anchor=passage.anchor,
        page=passage.page,
        heading=passage.heading,
        text=passage.text,
        sha256=sha,
        question=question[:QUESTION],
        comment=comment,
        collected_at=now,
        updated_at=now,
    )
    _touch(stored, now)
    note("collected", stored, actor, now, item=item.pk, document=item.document, position=item.position)
    return Collected(item, is_new=True)


@transaction.atomic
def collect_into_new(
    *,
    fields: DossierFields,
    key: UUID | None,
    original: PublicPassage,
    question: str,
    comment: str,
    actor: Actor,
    now: datetime,
) -> Collected:
    """A new dossier with its first passage; both or neither."""
    dossier = create_dossier(fields=fields, actor=actor, now=now, key=key)
    return collect(dossier, original=original, question=question, comment=comment, actor=actor, now=now)


@transaction.atomic
def comment_on(item: Item, *, comment: str, revision: int, actor: Actor, now: datetime) -> Item:
    """Change the comment. Raises `EditConflict` with the stored item after another save."""
    dossier = _locked(item.dossier, rules.can_comment, actor, "comment on a passage")
    stored = items_of(dossier).select_for_update().filter(pk=item.pk).first()
    if stored is None:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if revision != stored.revision:
        raise EditConflict(stored)
    _require(comment_problems(comment))
    stored.comment, stored.updated_at = comment, now
    stored.revision += 1
    stored.save(update_fields=["comment", "updated_at", "revision"])
    _touch(dossier, now)
    note("commented", dossier, actor, now, item=stored.pk)
    return stored


@transaction.atomic
def move_up(item: Item, *, actor: Actor, now: datetime) -> bool:
    """Change places with the passage before; False at the top."""
    return _move(item, -1, actor, now)


@transaction.atomic
def move_down(item: Item, *, actor: Actor, now: datetime) -> bool:
    """Change places with the passage after; False at the end."""
    return _move(item, 1, actor, now)


@transaction.atomic
def remove_item(item: Item, *, actor: Actor, now: datetime) -> None:
    """Take a passage out, with its comment."""
    dossier = _locked(item.dossier, rules.can_edit, actor, "take out a passage")
    details = {"item": item.pk, "document": item.document, "position": item.position}
    Item.objects.filter(pk=item.pk).delete()
    _touch(dossier, now)
    note("removed", dossier, actor, now, **details)


def require_room(user_id: int) -> None:
    """Raises `WrongState` when the person has as many dossiers as one may have."""
    if Dossier.objects.filter(owner_id=user_id).count() >= DOSSIERS_A_PERSON:
        raise WrongState(
            _("You have %(most)d dossiers; more are not possible. Delete one you do not need any more.")
            % {"most": DOSSIERS_A_PERSON}
        )


def note(action: str, dossier: Dossier, actor: Actor, now: datetime, **details: object) -> None:
    """A line in the event log: numbers and keys, never a word that somebody wrote."""
    events.record(action, kind=KIND, key=dossier.key, actor=actor, now=now, details=details)


def _require(problems: list[Problem]) -> None:
    if problems:
        raise Incomplete(problems)


def _move(item: Item, step: int, actor: Actor, now: datetime) -> bool:
    dossier = _locked(item.dossier, rules.can_edit, actor, "order a dossier")
    ids = list(items_of(dossier).values_list("pk", flat=True))
    at = ids.index(item.pk) if item.pk in ids else -1
    if at < 0 or not 0 <= at + step < len(ids):
        return False
    orders = dict(items_of(dossier).values_list("pk", "order"))
    other = ids[at + step]
    Item.objects.filter(pk=item.pk).update(order=orders[other])
    Item.objects.filter(pk=other).update(order=orders[item.pk])
    _touch(dossier, now)
    note("moved", dossier, actor, now, item=item.pk, step=step)
    return True


def _locked(dossier: Dossier, rule: Callable[[Actor, Dossier], bool], actor: Actor, what: str) -> Dossier:
    """The row as it is now; whoever was put out since it was read is refused."""
    stored = Dossier.objects.select_for_update().filter(pk=dossier.pk).first()
    if stored is None or not rule(actor, stored):
        raise NotAllowed(what)
    return stored


def _touch(dossier: Dossier, now: datetime) -> None:
    dossier.updated_at = now
    dossier.save()
