"""The declaration of pledges for the desk and for moderation; the app's configuration names it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.formatting import day
from portal.common.languages import DEFAULT
from portal.common.states import MASCULINE
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.pledges.correcting import corrected
from portal.pledges.drafts import (
    PledgeFields,
    has_frame,
    link_problems,
    pledge_problems,
    taken_problems,
    unstorable,
)
from portal.pledges.facts import health_of
from portal.pledges.forms import LinksForm, PledgeForm
from portal.pledges.frame_forms import ActionsForm, FrameForm, ReasonForm
from portal.pledges.models import Pledge
from portal.pledges.numbers import normal_number
from portal.pledges.projection import keep_promise, project, unexplained
from portal.pledges.queries import Linked, linked, public_with
from portal.pledges.rows_forms import GoalsForm, PartiesForm, PlacesForm, RowsForm
from portal.pledges.sent import FIELDS, sent
from portal.pledges.smart import Checklist, checklist
from portal.pledges.storing import replace
from portal.pledges.way_back import WAY_BACK
from portal.publication.enums import Relation
from portal.submissions.decisions import DECISIONS
from portal.submissions.forms import as_keys, asked_unknown
from portal.submissions.marks import marks_step
from portal.submissions.states import SubmissionState
from portal.submissions.types import Anew, Phrases, Start, Step, SubmissionType


def _start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?intervention=` is what the pledge follows from; its organization is the pledge's."""
    wanted = as_keys(asked.getlist("intervention"))
    rows = INTERVENTION.visible_to(actor).filter(key__in=wanted, organization__in=organizations)
    sources = list(rows) if wanted else []
    if sources:
        organizations = organizations.filter(pk=sources[0].organization_id)
    keys = tuple(source.key for source in sources)
    return Start(
        organizations,
        fields=lambda organization: PledgeFields(country=organization.country, intervention_keys=keys),
        context=lambda: {"sources": sources, "unknown": asked_unknown(asked.getlist("intervention"), keys)},
    )


def _checklist(pledge: Pledge, related: Linked) -> Checklist:
    return checklist(
        related.goals,
        ends_on=pledge.ends_on,
        has_place=bool(related.places or pledge.country),
        has_money=bool(pledge.contributions or pledge.amount is not None),
        has_action=any(link.relation == Relation.CARRIES_OUT for link in related.links),
    )


def _open_points(request: HttpRequest, pledge: Pledge, related: Linked, form: Any) -> dict[str, Any]:
    """What `pledges/desk/left_open.html` tells who writes."""
    return {"left_open": _checklist(pledge, related).left_open}


def _notes(pledge: Pledge, related: Linked) -> list[Problem]:
    told = _checklist(pledge, related)
    return [Problem(*point) for point in zip(told.fields, told.left_open, strict=True)]


def _brief(pledge: Pledge) -> list[str]:
    """Of what is public: when its parties last reported, and whether a report is due."""
    if pledge.state != SubmissionState.PUBLISHED:
        return []
    today, on = timezone.localdate(), pledge.reported_on
    how = health_of(on, today, ends_on=pledge.ends_on, stage=pledge.stage)
    last = [gettext("Last report: %(date)s") % {"date": day(on)}] if on else []
    return [*last, str(how.label)]


def _known(request: HttpRequest, pledge: Pledge, related: Linked, form: Any) -> dict[str, Any]:
    """The public pledge whose number was typed, to join it instead of writing it down again."""
    number = normal_number(form.data.get("external_id", "")) if form.is_bound else ""
    record = public_with(number)
    if record is None or record.organization is None:
        return {}
    if record.organization.source_key == pledge.organization.key:
        return {}
    language = get_language() or DEFAULT
    ask = f"/{language}/desk/parties/ask/{record.public_id}/"
    return {"known": record, "known_url": record.path(language), "known_ask": ask}


def _above(request: HttpRequest, pledge: Pledge, related: Linked, form: Any) -> dict[str, Any]:
    """What `pledges/desk/known.html` tells: also the stage that the form does not ask for."""
    said = {"stage": pledge.get_stage_display(), "on": pledge.reported_on} if pledge.reported_on else {}
    return {"said": said, **_known(request, pledge, related, form)}


def _rows_step(
    name: str, title: Any, form: type[RowsForm], rows: Callable[[Linked], Any], before: str = ""
) -> Step:
    return Step(
        name=name,
        title=title,
        form=form,
        problems=lambda pledge, related: [],
        is_started=lambda pledge, related: bool(rows(related)),
        corrects=frozenset({name}),
        is_optional=True,
        is_aside=True,
        before=before,
        inside="pledges/desk/rows.html",
        context=_open_points if before else None,
    )


def _reason_problems(pledge: Pledge, related: Linked) -> list[Problem]:
    if not unexplained(pledge, related):
        return []
    told = _("Say why a target, a baseline or a date that is public changes: readers see it.")
    return [Problem("change_reason", told)]


PLEDGE = SubmissionType(
    kind="pledge",
    label=_("Pledge"),
    gender=MASCULINE,
    model=Pledge,
    path="pledges",
    decisions=DECISIONS,
    fields=FIELDS,
    phrases=Phrases(
        plural=_("Pledges"),
        new=_("New pledge"),
        start=_("Register a pledge"),
        begin=_("Start"),
        none=_(
            "No pledge yet. Register one that your organization made at a Global Refugee Forum, and link it "
            "to what you said."
        ),
        of_organization=_("Pledge of %(organization)s"),
        received=_("We have received your pledge"),
        declaration=_(
            "By submitting this pledge you confirm that your organization supports it and agrees to "
            "its publication, as it stands above, once the secretariat has read it."
        ),
        link=_("Link a pledge"),
        link_to_it=_("Link a pledge to it"),
        anew=Anew(
            label=_("Correct it"),
            heading=_("Correct “%(title)s”?"),
            told=(
                _("What is public stays public until the secretariat has read the correction."),
                _("Where a target, a baseline or a date changes, readers see the change and your reason."),
            ),
            action=_("Write the correction"),
        ),
        withdrawing=_("The reports on it leave with it, also those of other parties, and come back with it."),
    ),
    start=_start,
    start_inside="pledges/desk/start_fields.html",
    starts_from=("intervention",),
    steps=(
        Step(
            name="pledge",
            title=_("The pledge"),
            form=PledgeForm,
            problems=lambda pledge, related: pledge_problems(pledge),
            is_started=lambda pledge, related: bool(pledge.title or pledge.description),
            corrects=frozenset(PledgeForm.base_fields),
            before="pledges/desk/known.html",
            context=_above,
        ),
        Step(
            name="links",
            title=_("What it is linked to"),
            form=LinksForm,
            problems=lambda pledge, related: link_problems(related.outcomes),
            is_started=lambda pledge, related: bool(related.outcomes),
            corrects=frozenset({"outcomes", "interventions", "others", "recommendations"}),
        ),
        Step(
            name="actions",
            title=_("Actions of the plan"),
            form=ActionsForm,
            problems=lambda pledge, related: [],
            is_started=lambda pledge, related: any(
                link.relation == Relation.CARRIES_OUT for link in related.links
            ),
            corrects=frozenset({"actions"}),
            is_optional=True,
            is_aside=True,
        ),
        Step(
            name="frame",
            title=_("Kind, dates and what is brought"),
            form=FrameForm,
            problems=lambda pledge, related: [],
            is_started=has_frame,
            corrects=frozenset(FrameForm.base_fields),
            is_optional=True,
            is_aside=True,
        ),
        _rows_step("parties", _("Parties"), PartiesForm, lambda related: related.parties),
        _rows_step("places", _("Countries"), PlacesForm, lambda related: related.places),
        marks_step(PledgeFields),
        _rows_step(
            "goals",
            _("Goals"),
            GoalsForm,
            lambda related: related.goals,
            before="pledges/desk/left_open.html",
        ),
        Step(
            name="reason",
            title=_("Why it is changed"),
            form=ReasonForm,
            problems=_reason_problems,
            is_started=lambda pledge, related: bool(pledge.change_reason),
            corrects=frozenset({"change_reason"}),
            is_optional=True,
            is_needed=lambda pledge: pledge.decided_at is not None,
        ),
    ),
    plain=(
        *("external_id", "forum", "title", "description", "language", "country", "marks"),
        "change_reason",
    ),
    prefetch=(),
    related=lambda pledge: linked(pledge.pk),
    unstorable=unstorable,
    replace=replace,
    sent=sent,
    not_copied=("external_id", "numbers"),
    project=project,
    is_correctable=True,
    corrected=corrected,
    notes=_notes,
    brief=_brief,
    reset={"change_reason": ""},
    before_withdrawal=keep_promise,
    way_back=WAY_BACK,
    untimely=lambda pledge, related, now: taken_problems(pledge, related),
)
