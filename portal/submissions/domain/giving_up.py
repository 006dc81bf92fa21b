"""Its organization gives up what it changed in a text that was submitted before."""

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import NotAllowed, WrongState
from portal.submissions import history, rules, way_back
from portal.submissions.domain.moving import locked, write_anew
from portal.submissions.history import Said, Values, Way
from portal.submissions.models import Submission
from portal.submissions.queries import state_to_go_back_to
from portal.submissions.states import SubmissionState
from portal.submissions.steps import StepForm
from portal.submissions.types import SubmissionType

S = TypeVar("S", bound=Submission)


@transaction.atomic
def give_up(submission: S, *, actor: Actor, now: datetime) -> S:
    """Again as it was before it was written anew, in text and state; also after its deadline.

    What was changed stays in the history. Raises `WrongState` where there is nothing to go back to, or
    another text has taken meanwhile what only one may bear.
    """
    of, stored = locked(submission, rules.may_write_for, actor)
    state = state_to_go_back_to(stored)
    if not state:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if not rules.can_give_up(actor, stored, state):
        raise NotAllowed(f"give up {of.kind}")
    forms, before_at = _forms(of, stored), stored.updated_at
    before = [form.values_of(stored) for _name, form in forms]
    way_back.put_back(of, stored, state, actor=actor, now=now)
    stored.reason = ""
    try:
        with transaction.atomic():
            write_anew(stored, SubmissionState(state), actor=actor, now=now, action="given_up")
    except IntegrityError as taken:
        raise WrongState(_("Another text bears its number now.")) from taken
    fresh = of.model._default_manager.select_related("organization").get(pk=stored.pk)
    for (name, form), values in zip(forms, before, strict=True):
        history.keep(fresh, _said(name, form, values, fresh), before_at=before_at, actor=actor)
    return stored


def _forms(of: SubmissionType, stored: Submission) -> list[tuple[str, StepForm]]:
    return [(step.name, step.form(None, draft=stored)) for step in of.steps_of(stored)]


def _said(name: str, form: StepForm, before: Values, stored: Submission) -> Said:
    return Said(
        step=name, values_of=form.values_of, before=before, seen=stored.revision - 1, way=Way.RESTORED
    )
