"""A new draft with the words of a text that an organization wrote before; the desk's views call it."""

from dataclasses import fields as columns_of
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.submissions import domain, rules
from portal.submissions.models import Submission
from portal.submissions.steps import StepForm, as_typed
from portal.submissions.types import Fields, SubmissionType, submission_type


@transaction.atomic
def copy_draft(source: Submission, *, actor: Actor, now: datetime, key: UUID | None = None) -> Any:
    """What its steps say now, without files. The same `key` again gives the same draft."""
    of = submission_type(source.kind)
    if not (of.is_copyable and rules.can_view(actor, source) and rules.may_write_for(actor, source)):
        raise NotAllowed(f"copy {of.kind}")
    draft = domain.create_draft(
        of,
        organization=source.organization,
        language=source.language,
        fields=of.copied(source),
        key=key,
        actor=actor,
        now=now,
    )
    told = _told(of, source, draft) if draft.revision == 1 else None
    if told is None:
        return draft
    told = of.still_good(told, source.organization, now)
    return domain.save_draft(draft, fields=told, revision=draft.revision, actor=actor, now=now)


def _told(of: SubmissionType, source: Submission, draft: Submission) -> Fields | None:
    """What the steps of the new draft take of what those of the old one show, as one save."""
    told: Fields | None = None
    for step in of.steps_of(draft):
        shown: StepForm = step.form(None, draft=source)
        values = {name: value for name, value in shown.values_of(source).items() if name not in of.not_copied}
        form: StepForm = step.form(as_typed(values), draft=draft)
        fields = form.fields_to_save()
        told = fields if told is None else _joined(told, fields)
    return told


def _joined(told: Fields, more: Fields) -> Fields:
    """Both in one: what the second says stands."""
    said = {column.name: getattr(more, column.name) for column in columns_of(more)}
    return replace(told, **{name: value for name, value in said.items() if value not in (None, ())})
