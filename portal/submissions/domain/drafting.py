"""A draft is begun, saved and deleted."""

import uuid
from collections.abc import Mapping
from dataclasses import fields as columns_of
from dataclasses import is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.collation import in_order
from portal.common.digests import digest_of
from portal.common.errors import EditConflict, Incomplete, NotAllowed, SavedBefore, WrongState
from portal.organizations.models import Organization
from portal.organizations.rules import may_write_for
from portal.submissions import history, rules
from portal.submissions.domain.moving import locked, record, require_admitted, require_thawed
from portal.submissions.history import Said, Values, Way
from portal.submissions.models import SavedText, Submission
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
    """A draft that holds `fields`. The same `key` again gives the same one: a form sent twice starts one.

    Raises `SavedBefore` where it began with something else, so that nothing of that is lost unsaid.
    """
    if not may_write_for(actor, organization):
        raise NotAllowed(f"write for {organization.key}")
    said = _mark(organization, language, fields)
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
        if _begun_with(draft) not in ("", said):
            raise SavedBefore()
        return draft
    if fields is not None:
        _store(of, draft, fields)
        draft.save()
    require_admitted(of, draft, actor)
    record("created", draft, actor, now, said=said)
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
    said = _as_it_stood(said, stored)
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


def _as_it_stood(said: Said | None, stored: Submission) -> Said | None:
    """What the step says under the lock, where something was saved since the page's draft was read."""
    if said is None or said.seen == stored.revision:
        return said
    return replace(said, before=said.values_of(stored), seen=stored.revision)


@transaction.atomic
def set_aside(
    submission: Submission, *, said: Said, values: Values, actor: Actor, now: datetime
) -> SavedText:
    """What was typed goes into the history alone, because what somebody else saved is to stand."""
    _of, stored = locked(submission, rules.may_write_for, actor)
    return history.set_aside(stored, said, values, actor=actor, now=now)


def _begun_with(draft: Submission) -> str:
    """The mark of what it began with; empty where that was not kept. One query."""
    begun = events.history(draft.kind, draft.key).filter(action="created").first()
    return str(begun.details.get("said", "")) if begun else ""


def _mark(organization: Organization, language: str, fields: Fields | None) -> str:
    """The same for what says the same."""
    told = {"organization": organization.key, "language": language, "fields": fields}
    return digest_of(_plain(told))[:16]


def _plain(value: Any) -> Any:
    """Rows by their keys, all other values as they are written."""
    if isinstance(value, Model):
        return value.pk
    if is_dataclass(value):
        return {column.name: _plain(getattr(value, column.name)) for column in columns_of(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else str(value)


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
