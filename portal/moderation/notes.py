"""Internal notes: what the secretariat tells one another about a thing. Its authors never read them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.moderation import rules
from portal.moderation.domain import KIND
from portal.moderation.models import Decision, InternalNote
from portal.moderation.queries import subject as subject_of
from portal.submissions.marking import LeftOut, left_out_of, replaced
from portal.submissions.reasons import keys_about, leave_out_of_rows
from portal.submissions.types import review_type
from portal.translations.queries import keys_of_requests


def notes_about(kind: str, key: UUID) -> QuerySet[InternalNote]:
    """The oldest first, with who wrote them. One query."""
    return InternalNote.objects.filter(kind=kind, object_key=key).select_related("author")


@transaction.atomic
def write_note(kind: str, key: UUID, text: str, *, actor: Actor, now: datetime) -> InternalNote:
    """Without what is left out of the thing. Raises `NotAllowed` for who may not read it, `DoesNotExist`."""
    of = review_type(kind)
    subject = subject_of(of, key)
    if actor.user_id is None or not rules.can_view(actor, of, subject):
        raise NotAllowed("note")
    told = replaced(text, left_out_of(*(of.text_of(subject) or (kind, key))), is_whole=True)
    note = InternalNote.objects.create(
        kind=kind, object_key=key, author_id=actor.user_id, text=told, written_at=now
    )
    events.record("noted", kind=KIND, key=key, actor=actor, now=now)
    return note


@transaction.atomic
def delete_note(note: InternalNote, *, actor: Actor, now: datetime) -> None:
    """By who wrote it alone. Raises `NotAllowed`."""
    if note.author_id != actor.user_id:
        raise NotAllowed("delete a note")
    events.record("note_deleted", kind=KIND, key=note.object_key, actor=actor, now=now)
    note.delete()


def words_left_out(kind: str, key: UUID, left: Sequence[LeftOut]) -> None:
    """Notes and reasons about a text, and about what was asked of it, keep what is left out no more."""
    keys = keys_about(kind, key) | keys_of_requests(kind, key)
    leave_out_of_rows(InternalNote.objects.filter(object_key__in=keys), "text", left)
    leave_out_of_rows(Decision.objects.filter(object_key__in=keys), "reason", left)
