"""A step that its page saves by itself, and whose text stands when two saved; the step's view calls it.

The page sends the form of the step with `AUTOSAVE` to its own address and gets JSON: `state`, the words to
show, and the hidden fields of the next save. Nothing is saved that says what is stored already.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.desk import mark_saved
from portal.common.errors import NotAllowed
from portal.common.formatting import moment
from portal.desk.submissions.stored import note_stored
from portal.submissions import domain, history, rules
from portal.submissions.history import Said, Turn, Way, turn_of
from portal.submissions.models import Submission
from portal.submissions.steps import Outcome, StepForm, mark_of, run_step
from portal.submissions.types import Step, SubmissionType

AUTOSAVE = "autosave"
# The button that leaves what somebody else saved and sets one's own text aside.
KEEP_STORED = "keep_stored"
# Reloaded so often in a row before a save was acknowledged.
MOST_EARLIER = 5


def account_key(request: HttpRequest) -> str:
    """Tells one account from another in a browser, and nothing about it."""
    return salted_hmac("portal.desk.writing", str(request.user.pk), algorithm="sha256").hexdigest()[:16]


def forms_of(this: Step, draft: Submission) -> Callable[[QueryDict | None], StepForm]:
    def make_form(typed: QueryDict | None) -> StepForm:
        form: StepForm = this.form(typed, draft=draft)
        return form

    return make_form


def said_in(
    request: HttpRequest, this: Step, draft: Submission, form: StepForm, way: Way = Way.SAVED
) -> Said:
    """For the history: what the step says, as which page and from which text."""
    return Said(
        step=this.name,
        values_of=form.values_of,
        before=form.initial,
        seen=getattr(draft, "revision", 0),
        way=way,
        turn=turn_in(request),
    )


def turn_in(request: HttpRequest) -> Turn:
    """Which opened page sent the form, and for which time."""
    return turn_of(f"{request.POST.get('opened_page', '')}:{request.POST.get('turn', '')}")


def own_saves(request: HttpRequest, this: Step) -> Callable[[Submission], bool]:
    """Whether this page, or one of those whose text it took over, saved the step last."""
    earlier = request.POST.get("earlier_page", "").split()[:MOST_EARLIER]
    turns = [turn_in(request), *map(turn_of, earlier)]
    return lambda stored: history.is_own(stored, this.name, turns, actor_of(request))


def autosaved(request: HttpRequest, of: SubmissionType, this: Step, draft: Submission) -> JsonResponse:
    """What was typed so far is saved; files, and what takes something away, wait for the person."""
    actor = actor_of(request)
    if not rules.may_write_for(actor, draft):
        raise NotAllowed(f"write {of.kind}")
    make_form = forms_of(this, draft)
    waits = _waits(make_form(request.POST), draft)
    request.POST = _without(request.POST, make_form(None).by_hand)  # type: ignore[assignment, misc]

    def save(form: StepForm, revision: int) -> Any:
        if draft.is_editable and mark_of(form.typed()) == mark_of(form.values_of(draft)):
            return draft
        said = said_in(request, this, draft, form, Way.AUTOSAVED)
        fields, now = form.fields_to_save(), timezone.now()
        return domain.save_draft(draft, fields=fields, revision=revision, actor=actor, now=now, said=said)

    return _told(run_step(request, draft, make_form, save, own_saves(request, this)), waits=waits)


def keep_stored(request: HttpRequest, this: Step, draft: Submission) -> None:
    """What somebody else saved stands; what was typed here is in the history, where it can be restored."""
    actor, form = actor_of(request), forms_of(this, draft)(request.POST)
    said = said_in(request, this, draft, form)
    domain.set_aside(draft, said=said, values=form.typed(), actor=actor, now=timezone.now())
    mark_saved(request)
    note_stored(request, draft, this, turn_in(request))
    told = _("What was saved before stays. What you typed is in the history, and you can restore it there.")
    messages.success(request, told)


def _without(sent: QueryDict, names: frozenset[str]) -> QueryDict:
    left = sent.copy()
    for name in names:
        left.pop(name, None)
    return left


def _waits(form: StepForm, draft: Submission) -> bool:
    """Whether something was typed that only the person saves."""
    if not form.by_hand:
        return False
    typed, stored = form.typed(), form.values_of(draft)
    return any(typed.get(name) != stored.get(name) for name in form.by_hand)


def _told(outcome: Outcome[Any], *, waits: bool) -> JsonResponse:
    draft, form = outcome.draft, outcome.form
    if outcome.differences:
        saved = _("Somebody else, or another window, saved this step while you were writing.")
        told = " ".join((saved, _("Press “See both texts”: nothing is lost.")))
        return JsonResponse({"state": "conflict", "told": told, "compare": _("See both texts")}, status=409)
    if not outcome.is_saved:
        reasons = form.non_field_errors() or [each for errors in form.errors.values() for each in errors]
        return JsonResponse({"state": "refused", "told": " ".join(map(str, reasons))}, status=409)
    told = _("Saved at %(time)s.")
    if waits:
        told = _("Saved at %(time)s, but for what waits for you: press “Save and continue” to save it too.")
    if not form.fits:
        told = _("Saved at %(time)s, but for what does not fit: press “Save and continue” to see it.")
    fields = {"revision": str(draft.revision), "base": mark_of(form.values_of(draft)), "earlier_page": ""}
    state = "partly" if waits or not form.fits else "saved"
    told = told % {"time": moment(draft.updated_at)}
    return JsonResponse({"state": state, "told": told, "fields": fields})
