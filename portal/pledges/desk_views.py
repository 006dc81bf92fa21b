"""The desk's pages for writing a pledge: start, steps, check and hand in."""

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
from portal.interventions.forms import as_keys
from portal.interventions.queries import visible_to as visible_interventions
from portal.organizations.forms import StartForm
from portal.organizations.queries import writable_organizations
from portal.pledges import domain, rules
from portal.pledges.desk_pages import crumbs_to, reading, visible
from portal.pledges.desk_tasks import FOLLOWING, STEPS, address, first_unfinished, linked_problems, tasks_of
from portal.pledges.drafts import problems_of
from portal.pledges.enums import EDITABLE, PledgeLifecycle
from portal.pledges.forms import LinksForm, PledgeForm
from portal.pledges.models import Pledge
from portal.pledges.queries import outcomes_of

FORMS: dict[str, Any] = {"pledge": PledgeForm, "links": LinksForm}


@desk_view
def start(request: HttpRequest) -> HttpResponse:
    """For whom and in which language; `?intervention=` is what the pledge follows from."""
    actor = actor_of(request)
    organizations = writable_organizations(actor)
    asked = as_keys(request.POST.getlist("intervention") or request.GET.getlist("intervention"))
    sources = list(visible_interventions(actor).filter(key__in=asked, organization__in=organizations))
    if sources:
        organizations = organizations.filter(pk=sources[0].organization_id)
    given = list(organizations)
    if not given:
        return _needs_organization(request)
    initial = {"organization": given[0].key if len(given) == 1 else None, "language": get_language()}
    typed = request.POST if request.method == "POST" else None
    form = StartForm(typed, organizations=organizations, initial=initial)
    if form.is_valid():
        return _started(request, form, [source.key for source in sources])
    context = {
        "heading": _("Register a pledge"),
        "crumbs": crumbs_to(_("New pledge")),
        "form": form,
        "only_one": given[0] if len(given) == 1 else None,
        "sources": sources,
        "draft_key": request.POST.get("draft_key") or uuid4(),
    }
    return render(request, "pledges/desk/start.html", context)


def _started(request: HttpRequest, form: StartForm, sources: list[UUID]) -> HttpResponse:
    keys = as_keys([request.POST.get("draft_key", "")])
    draft = domain.create_pledge(
        organization=form.cleaned_data["organization"],
        language=form.cleaned_data["language"],
        intervention_keys=sources,
        key=keys[0] if keys else None,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return redirect(address(draft, first_unfinished(draft)))


def _needs_organization(request: HttpRequest) -> HttpResponse:
    query = urlencode({"next": request.get_full_path()})
    context = {
        "heading": _("Register a pledge"),
        "crumbs": crumbs_to(_("New pledge")),
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

    def save(form: StepForm, revision: int) -> Pledge:
        fields = form.fields_to_save()
        return domain.save_pledge(draft, fields=fields, revision=revision, actor=actor, now=timezone.now())

    def make_form(typed: Any) -> StepForm:
        form: StepForm = FORMS[name](typed, draft=draft)
        return form

    outcome = run_step(request, draft, make_form, save)
    if outcome.is_saved and "leave" in request.POST and outcome.form.fits:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect("desk:home")
    if outcome.is_done:
        return redirect(address(draft, FOLLOWING[name]))
    return render(request, "desk/step.html", _step_context(request, outcome, name))


def _step_context(request: HttpRequest, outcome: Outcome[Pledge], name: str) -> dict[str, Any]:
    draft = outcome.draft
    return {
        **outcome.context(request),
        "heading": STEPS[name],
        "crumbs": crumbs_to(str(draft) or _("New pledge"), draft),
        "tasks": tasks_of(draft, name),
        "reason": draft.reason if draft.lifecycle == PledgeLifecycle.RETURNED else "",
    }


@desk_view
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read once more, then hand in. A POST finds its draft by key alone."""
    problems: tuple[Any, ...] = ()
    out_of_date = None
    if request.method == "POST":
        keys = as_keys([request.POST.get("submit_key", "")])
        submit_key = keys[0] if keys else uuid4()
        try:
            domain.submit_pledge(
                Pledge(key=key), submit_key=submit_key, actor=actor_of(request), now=timezone.now()
            )
            return redirect("pledges_desk:receipt", key=key)
        except Pledge.DoesNotExist as missing:
            raise Http404 from missing
        except Incomplete as refusal:
            problems = refusal.problems
        except OutOfDate as refusal:
            out_of_date = refusal.message
    draft = visible(request, key)
    if draft.lifecycle not in EDITABLE:
        return redirect(address(draft, "receipt" if out_of_date else "detail"))
    problems = problems or (*domain.organization_problems(draft), *problems_of(draft, outcomes_of(draft)))
    context = {
        **reading(draft),
        "heading": STEPS["check"],
        "tasks": tasks_of(draft, "check"),
        "problems": linked_problems(draft, problems),
        "out_of_date": out_of_date,
        "may_submit": rules.can_submit(actor_of(request), draft),
        "submit_key": draft.submit_key,
        "declaration": _(
            "By handing in you say that your organization stands by this pledge and agrees that it is "
            "published, with the organization's name, once the secretariat has read it."
        ),
    }
    return render(request, "pledges/desk/check.html", context)
