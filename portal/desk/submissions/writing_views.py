"""The desk's pages for writing: start, steps, check and submit. For every type of submission."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.collation import alphabetical
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, Problem, SavedBefore, Unadmitted
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.common.reviews import Reader
from portal.desk.submissions.autosaving import (
    AUTOSAVE,
    KEEP_STORED,
    account_key,
    autosaved,
    forms_of,
    keep_stored,
    own_saves,
    said_in,
    turn_in,
)
from portal.desk.submissions.progress import (
    BACK,
    first_unfinished,
    following,
    linked_problems,
    passed_over,
    tasks_of,
)
from portal.desk.submissions.stored import note_stored, told_stored
from portal.desk.submissions.views import reading, standing, visible
from portal.organizations.queries import acting_organizations, organizations_of
from portal.submissions import domain, rules
from portal.submissions.deadline_words import all_told
from portal.submissions.deadlines import any_late
from portal.submissions.forms import StartForm, as_keys
from portal.submissions.left_out_before import left_out_before
from portal.submissions.models import Submission
from portal.submissions.naming import telling
from portal.submissions.pointing import pointed_out
from portal.submissions.queries import role_for
from portal.submissions.states import SUBMITTABLE
from portal.submissions.steps import Outcome, StepForm, run_step
from portal.submissions.types import Start, Step, SubmissionType

# The button that saves and stays on the page, such as the one that looks for questions.
STAY = "filter"


@desk_view
@form_view
def start(request: HttpRequest, of: SubmissionType) -> HttpResponse:
    """For whom, in which language where no step asks for it, and what the type asks for besides."""
    actor = actor_of(request)
    is_post = request.method == "POST"
    typed = request.POST if is_post else typed_before_sign_in(request)
    asked = request.GET if typed is None else typed
    begun = of.start(asked, actor, acting_organizations(actor))
    given = list(begun.organizations)
    if not given and actor.acts_for:
        return _needs_other(request, of)
    if not given:
        return _needs_organization(request, of)
    if begun.instead:
        told = {**begun.context(), "of": of, "crumbs": crumbs_to(str(of.phrases.new))}
        return render(request, begun.instead, told)
    language = get_language() or DEFAULT
    initial = {"organization": given[0].key if len(given) == 1 else None, "language": language}
    is_sent = is_post and STAY not in request.POST
    begins_in = language if of.steps_ask_language else ""
    form = StartForm(typed, organizations=begun.organizations, initial=initial, language=begins_in)
    draft_key = asked.get("draft_key")
    if is_sent and form.is_valid():
        try:
            return _started(request, of, form, begun)
        except SavedBefore as refusal:
            put_at_fields(form, refusal.problems)
            draft_key = None
    asked_for = begun.context()
    context = {
        **asked_for,
        "deadlines": all_told(asked_for.get("deadlines", ())),
        "of": of,
        "crumbs": crumbs_to(str(of.phrases.new)),
        "form": form,
        "is_sent": is_sent,
        "only_one": given[0] if len(given) == 1 else None,
        "draft_key": draft_key or uuid4(),
    }
    return render(request, "desk/submissions/start.html", context)


def _started(request: HttpRequest, of: SubmissionType, form: StartForm, begun: Start) -> HttpResponse:
    """A draft with the key that the form carried, so that a form sent twice starts one draft."""
    keys = as_keys([request.POST.get("draft_key", "")])
    organization = form.cleaned_data["organization"]
    draft = domain.create_draft(
        of,
        organization=organization,
        language=form.cleaned_data["language"],
        fields=begun.fields(organization),
        key=keys[0] if keys else None,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return redirect(of.address(_opened(request, of, draft, begun.asks), draft.key))


def _opened(request: HttpRequest, of: SubmissionType, draft: Submission, asked: str) -> str:
    """The first step to write in. What was `asked` at the start and left open waits, which is said."""
    name = first_unfinished(of, draft, of.related(draft))
    if name != asked:
        return name
    told = _("Your draft is begun. Say later what it is about: that is the step “%(step)s”.")
    messages.info(request, told % {"step": of.step(asked).title})
    return following(of, draft, name)


def _needs_organization(request: HttpRequest, of: SubmissionType) -> HttpResponse:
    """Whoever belongs to none finds or registers theirs; whose role only reads asks its owners."""
    query = urlencode({"next": request.get_full_path()})
    language = get_language() or DEFAULT
    context = {
        "heading": of.phrases.start,
        "crumbs": crumbs_to(str(of.phrases.new)),
        "register": f"{reverse('organizations:new')}?{query}",
        "find": reverse("organizations:find_listed"),
        "rows": organizations_of(actor_of(request)).order_by(alphabetical("name", language), "pk"),
    }
    return render(request, "desk/submissions/needs_organization.html", context)


def _needs_other(request: HttpRequest, of: SubmissionType) -> HttpResponse:
    """The organization one acts for cannot start this; what was sent is given back."""
    if request.method == "POST":
        raise NotAllowed("start for an organization that cannot")
    query = urlencode({"next": request.get_full_path()})
    context = {
        "heading": of.phrases.start,
        "crumbs": crumbs_to(str(of.phrases.new)),
        "change": f"{reverse('organizations:acting')}?{query}",
    }
    return render(request, "desk/submissions/needs_other.html", context)


@desk_view
@form_view
def step(request: HttpRequest, of: SubmissionType, key: UUID, name: str) -> HttpResponse:
    """One step: each save keeps what was typed, complete or not, also those that the page makes by itself."""
    draft, actor, this = visible(request, of, key), actor_of(request), of.step(name)
    if request.method != "POST" and not rules.can_edit(actor, draft):
        return redirect(of.address("detail", key))
    if AUTOSAVE in request.POST:
        return autosaved(request, of, this, draft)
    if KEEP_STORED in request.POST:
        keep_stored(request, this, draft)
        return redirect(of.address(name, key))

    refused: list[Problem] = []

    def save(form: StepForm, revision: int) -> Any:
        fields = form.fields_to_save()
        if this.uploads is not None:
            fields, refused[:] = this.uploads(request, draft, fields)
        said = said_in(request, this, draft, form)
        return domain.save_draft(
            draft, fields=fields, revision=revision, actor=actor, now=timezone.now(), said=said
        )

    outcome = run_step(request, draft, forms_of(this, draft), save, own_saves(request, this))
    put_at_fields(outcome.form, refused)
    if outcome.is_saved and outcome.form.fits:
        note_stored(request, draft, this, turn_in(request))
    if outcome.is_saved and "leave" in request.POST and outcome.form.fits:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(desk_address())
    if outcome.is_done and STAY not in request.POST:
        after = "check" if request.GET.get(BACK) == "check" else following(of, outcome.draft, name)
        return redirect(of.address(after, key))
    return render(request, "desk/submissions/step.html", _step_context(request, of, this, outcome, refused))


def _step_context(
    request: HttpRequest, of: SubmissionType, this: Step, outcome: Outcome[Any], refused: list[Problem]
) -> dict[str, Any]:
    draft, form = outcome.draft, outcome.form
    related = of.related(draft)
    if (STAY in request.POST and outcome.is_saved) or (outcome.differences and form.fits):
        # What is still to write is said to who wants to go on, not to who has two texts to choose from.
        form.errors.clear()
        put_at_fields(form, refused)
    own = this.context(request, draft, related, form) if this.context else {}
    deadlines = of.deadlines_of(draft, timezone.now()) or own.get("deadlines", ())
    return {
        **outcome.context(request),
        **standing(of, draft),
        **own,
        "disclosure": of.disclosure(draft, related) if of.disclosure else None,
        "deadlines": all_told(deadlines),
        "step": this,
        "account": account_key(request),
        "stored": told_stored(request),
        "history": of.address("history", draft.key),
        "pointed": pointed_out(form.typed() if form.is_bound else form.values_of(draft)),
        "crumbs": crumbs_to(str(draft), draft.language if draft.title else ""),
        "tasks": tasks_of(of, draft, related, this.name),
    }


@desk_view
@form_view
def check(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Read once more, then submit."""
    problems: tuple[Problem, ...] = ()
    out_of_date = None
    if request.method == "POST":
        try:
            _submit(request, of, key)
            return redirect(of.address("receipt", key))
        except Incomplete as refusal:
            problems = refusal.problems
        except Unadmitted as refusal:
            problems = (Problem("", refusal.message),)
        except OutOfDate as refusal:
            out_of_date = refusal.message
    draft = visible(request, of, key)
    if draft.state not in SUBMITTABLE or role_for(actor_of(request), draft) is None:
        return redirect(of.address("receipt" if out_of_date else "detail", key))
    return render(
        request, "desk/submissions/check.html", _check_context(request, of, draft, problems, out_of_date)
    )


def _submit(request: HttpRequest, of: SubmissionType, key: UUID) -> None:
    """Finds its draft by key alone: six queries, seven with questions."""
    keys = as_keys([request.POST.get("submit_key", "")])
    submit_key = keys[0] if keys else uuid4()
    try:
        domain.submit(of.model(key=key), submit_key=submit_key, actor=actor_of(request), now=timezone.now())
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except NotAllowed:
        # Who may not even read it is told that there is nothing.
        visible(request, of, key)
        raise


def _check_context(
    request: HttpRequest,
    of: SubmissionType,
    draft: Submission,
    problems: tuple[Problem, ...],
    out_of_date: object,
) -> dict[str, Any]:
    related, now = of.related(draft), timezone.now()
    deadlines = of.deadlines_of(draft, now)
    left = problems or domain.problems_of(draft, related, now=now, deadlines=deadlines)
    sent = of.sent(draft, related)
    notes = [*left_out_before(draft, sent), *of.notes(draft, related), *telling(draft, sent)]
    notes += pointed_out(sent)
    return {
        **standing(of, draft),
        **reading(request, of, draft, related),
        "tasks": tasks_of(of, draft, related, "check") if draft.is_editable else [],
        "disclosure": of.disclosure(draft, related) if of.disclosure else None,
        "problems": linked_problems(of, draft, left),
        "deadlines": all_told(deadlines),
        "is_late": any_late(deadlines),
        "passed_over": passed_over(of, draft, related) if draft.is_editable else [],
        "notes": linked_problems(of, draft, notes),
        "account": account_key(request),
        "stored": told_stored(request),
        "corrected": of.corrected(draft, Reader(get_language() or DEFAULT)),
        "out_of_date": out_of_date,
        "may_submit": rules.can_submit(actor_of(request), draft),
        "submit_key": draft.submit_key,
        "declaration": of.phrases.declaration,
    }
