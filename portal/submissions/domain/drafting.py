"""A draft is begun, saved and deleted."""

import uuid
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.collation import in_order
from portal.common.errors import EditConflict, Incomplete, NotAllowed, WrongState
from portal.organizations.models import Organization
from portal.organizations.rules import may_write_for
from portal.submissions import history, rules
from portal.submissions.domain.moving import locked, record, require_admitted, require_thawed
from portal.submissions.history import Said, Way
from portal.submissions.models import Submission
from portal.submissions.queries import newest_version
from portal.submissions.types import Fields, SubmissionType

S = TypeVar("S", bound=Submission)


@transaction.atomic
def create_draft(
    of: SubmissionType,
    *,
    organization: Organization,
    language: str,
    actor: Actor,
    now: datetime,
    fields: Fields | None = None,
    key: UUID | None = None,
) -> Any:
    """A draft that holds `fields`. The same `key` again gives the same one: a form sent twice starts one."""
    if not may_write_for(actor, organization):
        raise NotAllowed(f"write for {organization.key}")
    draft, is_new = of.model._default_manager.get_or_create(
        key=key or uuid.uuid4(),
        defaults={
            "organization": organization,
            "author_id": actor.user_id,
            "language": language,
            "created_at": now,
            "updated_at": now,
        },
    )
    if not is_new:
        if not rules.can_edit(actor, draft):
            raise NotAllowed(f"edit {of.kind}")
        return draft
    if fields is not None:
        _store(of, draft, fields)
        draft.save()
    require_admitted(of, draft, actor)
    record("created", draft, actor, now)
    return draft


@transaction.atomic
def save_draft(
    submission: S, *, fields: Fields, revision: int, actor: Actor, now: datetime, said: Said | None = None
) -> S:
    """Save what is given. Raises `EditConflict` with the stored version when `revision` is not the last one.

    Each save makes a new submit key: only what was read last can be submitted. `said`: for the history.
    What a page saves by itself stands there and not in the log.
    """
    of, stored = locked(submission, rules.may_write_for, actor)
    require_thawed(stored)
    if not stored.is_editable:
        raise WrongState(_("This has already been submitted and cannot be changed now."))
    if revision != stored.revision:
        raise EditConflict(stored)
    _store(of, stored, fields)
    stored.revision, before_at = stored.revision + 1, stored.updated_at
    stored.updated_at, stored.submit_key = now, uuid.uuid4()
    stored.save()
    if said is not None:
        history.keep(stored, said, before_at=before_at, actor=actor)
    if said is None or said.way != Way.AUTOSAVED:
        _saved_by_hand(of, stored, actor, now)
    return stored


@transaction.atomic
def delete_draft(submission: Submission, *, actor: Actor, now: datetime) -> None:
    """A draft that was never submitted is gone, with all that was written in it. The log keeps its key.

    Raises `WrongState` for what was submitted once, also where it is a draft again, and while others,
    such as reports, belong to it.
    """
    of, stored = locked(submission, rules.may_delete, actor)
    if not rules.can_delete(actor, stored) or newest_version(stored) is not None:
        raise WrongState(_("Only a draft that was never submitted can be deleted."))
    record("deleted", stored, actor, now)
    history.forget(stored.kind, stored.key)
    of.before_deletion(stored, actor, now)
    try:
        of.model._default_manager.filter(pk=stored.pk).delete()
    except ProtectedError as refusal:
        told = _("This draft cannot be deleted, because other things belong to it: %(what)s.")
        raise WrongState(told % {"what": _named(refusal)}) from refusal


def _saved_by_hand(of: SubmissionType, stored: Submission, actor: Actor, now: datetime) -> None:
    """What a page saves by itself may be half typed: nobody is told of that."""
    record("saved", stored, actor, now, revision=stored.revision)
    if stored.submitted_at is not None:
        of.saved(stored, actor, now)


def _named(refusal: ProtectedError) -> str:
    """The kinds of what stands against a deletion."""
    names = {str(row._meta.verbose_name_plural) for row in refusal.protected_objects}
    return ", ".join(in_order(names, str))


def _store(of: SubmissionType, stored: Submission, fields: Fields) -> None:
    if problems := of.unstorable(stored, fields):
        raise Incomplete(problems)
    for name in of.plain:
        if (value := getattr(fields, name)) is not None:
            setattr(stored, name, value)
    of.replace(stored, fields)
