"""The desk's pages for interventions: start, write in steps, check and hand in, receipt, withdraw."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.desk import desk_view
from portal.common.steps import Outcome, StepForm, run_step
from portal.common.submissions import Incomplete, OutOfDate
from portal.consultations.question_choice import question_choice
from portal.interventions import domain, rules
from portal.interventions.desk_pages import crumbs_to, questions_of, reading, visible
from portal.interventions.desk_tasks import (
    FOLLOWING,
    STEPS,
    address,
    first_unfinished,
    linked_problems,
    tasks_of,
)
from portal.interventions.drafts import problems_of
from portal.interventions.enums import EDITABLE, InterventionState
from portal.interventions.forms import (
    AnswerForm,
    QuestionsForm,
    RecommendationsForm,
    as_keys,
)
from portal.interventions.models import Intervention
from portal.interventions.queries import chosen_and_existing, question_keys
from portal.organizations.forms import StartForm
from portal.organizations.queries import writable_organizations

FORMS: dict[str, Any] = {
    "questions": QuestionsForm,
    "answer": AnswerForm,
    "recommendations": RecommendationsForm,
}


@desk_view
def start(request: HttpRequest) -> HttpResponse:
    """Choose for whom, in which language and on which questions; `?question=` marks one already."""
    organizations = writable_organizations(actor_of(request))
    given = list(organizations)
    if not given:
        return _needs_organization(request)
    chosen = as_keys(request.POST.getlist("questions") or request.GET.getlist("question"))
    initial = {"organization": given[0].key if len(given) == 1 else None, "language": get_language()}
    is_sent = request.method == "POST" and "filter" not in request.POST
    form = StartForm(
        request.POST if request.method == "POST" else None, organizations=organizations, initial=initial
    )
    if is_sent and form.is_valid():
        return _started(request, form, chosen)
    find = request.POST.get("find", "")[:200]
    context = {
        "heading": _("Answer guiding questions"),
        "crumbs": crumbs_to(_("New intervention")),
        "form": form,
        "is_sent": is_sent,
        "only_one": given[0] if len(given) == 1 else None,
        "choice": question_choice(get_language() or "es", chosen, find),
        "find": find,
        "draft_key": request.POST.get("draft_key") or uuid4(),
    }
    return render(request, "interventions/desk/start.html", context)


def _started(request: HttpRequest, form: StartForm, chosen: tuple[UUID, ...]) -> HttpResponse:
    """A draft with the key that the form carried, so that a form sent twice starts one draft."""
    keys = as_keys([request.POST.get("draft_key", "")])
    draft = domain.create_draft(
        organization=form.cleaned_data["organization"],
        question_keys=chosen,
        language=form.cleaned_data["language"],
        key=keys[0] if keys else None,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return redirect(address(draft, first_unfinished(draft, question_keys(draft))))


def _needs_organization(request: HttpRequest) -> HttpResponse:
    query = urlencode({"next": request.get_full_path()})
    context = {
        "heading": _("Answer guiding questions"),
        "crumbs": crumbs_to(_("New intervention")),
        "register": f"{reverse('organizations:new')}?{query}",
    }
    return render(request, "desk/needs_organization.html", context)


@desk_view
def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """One step: each save keeps what was typed, complete or not."""
    draft = visible(request, key)
    actor = actor_of(request)
    if request.method != "POST" and not rules.can_edit(actor, draft):
        return redirect(address(draft, "detail"))

    def save(form: StepForm, revision: int) -> Intervention:
        fields = form.fields_to_save()
        return domain.save_draft(draft, fields=fields, revision=revision, actor=actor, now=timezone.now())

    def make_form(typed: Any) -> StepForm:
        form: StepForm = FORMS[name](typed, draft=draft)
        return form

    outcome = run_step(request, draft, make_form, save)
    if outcome.is_saved and "leave" in request.POST and outcome.form.fits:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect("desk:home")
    if outcome.is_done and "filter" not in request.POST:
        return redirect(address(draft, FOLLOWING[name]))
    return render(request, f"interventions/desk/{name}.html", _step_context(request, outcome, name))


def _step_context(request: HttpRequest, outcome: Outcome[Intervention], name: str) -> dict[str, Any]:
    draft, form = outcome.draft, outcome.form
    stored = question_keys(draft)
    context = {
        **outcome.context(request),
        "heading": STEPS[name],
        "crumbs": crumbs_to(str(draft), draft),
        "tasks": tasks_of(draft, stored, name),
        "reason": draft.reason if draft.state == InterventionState.RETURNED else "",
    }
    if isinstance(form, QuestionsForm):
        find = request.POST.get("find", "")[:200]
        if "filter" in request.POST and outcome.is_saved:
            form.errors.clear()
        chosen = form.keys if form.is_bound else stored
        return context | {"choice": question_choice(get_language() or "es", chosen, find), "find": find}
    return context | {"questions": questions_of(stored)}


@desk_view
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read once more, then hand in. A POST finds its draft by key alone: six queries in all."""
    problems: tuple[Any, ...] = ()
    out_of_date = None
    if request.method == "POST":
        keys = as_keys([request.POST.get("submit_key", "")])
        try:
            domain.submit_intervention(
                Intervention(key=key),
                submit_key=keys[0] if keys else uuid4(),
                actor=actor_of(request),
                now=timezone.now(),
            )
            return redirect("interventions_desk:receipt", key=key)
        except Intervention.DoesNotExist as missing:
            raise Http404 from missing
        except Incomplete as refusal:
            problems = refusal.problems
        except OutOfDate as refusal:
            out_of_date = refusal.message
    draft = visible(request, key)
    if draft.state not in EDITABLE:
        return redirect(address(draft, "receipt" if out_of_date else "detail"))
    chosen, existing = chosen_and_existing(draft.pk)
    problems = problems or (
        *domain.organization_problems(draft),
        *problems_of(draft, chosen, existing),
    )
    context = {
        **reading(draft, chosen),
        "heading": STEPS["check"],
        "tasks": tasks_of(draft, chosen, "check"),
        "problems": linked_problems(draft, problems),
        "out_of_date": out_of_date,
        "may_submit": rules.can_submit(actor_of(request), draft),
        "submit_key": draft.submit_key,
        "declaration": _(
            "By handing in you say that your organization stands by this text and agrees that it is "
            "published, with the organization's name, once the secretariat has read it."
        ),
    }
    return render(request, "interventions/desk/check.html", context)
