"""The declaration of progress reports for the desk and for moderation; the app's configuration names it."""

from collections.abc import Sequence
from dataclasses import replace as replaced
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, actor_of
from portal.common.errors import Problem
from portal.common.languages import DEFAULT
from portal.common.reviews import DecisionType, Reader, Text, reading_of
from portal.common.states import MASCULINE
from portal.files.intake import content_of
from portal.files.refusals import Refused
from portal.organizations.models import Organization
from portal.pledges.facts import reported_on
from portal.pledges.models import Pledge
from portal.reports import domain
from portal.reports.cycle_notes import cycle_note
from portal.reports.disclosure import disclosure
from portal.reports.drafts import FACTORS, MAX_FILES, ReportFields, all_problems, unstorable
from portal.reports.forms import ReportForm
from portal.reports.goals import promise_of
from portal.reports.models import Report
from portal.reports.notes import earlier, notes
from portal.reports.projection import project
from portal.reports.queries import (
    Shown,
    last_of,
    open_drafts,
    parties_of,
    promises,
    reportable,
    shown_for,
    waiting_on,
)
from portal.reports.sent import FIELDS, replace, sent
from portal.submissions import rules
from portal.submissions.decisions import DECISIONS
from portal.submissions.forms import as_keys, asked_unknown
from portal.submissions.states import STATES
from portal.submissions.types import Phrases, Start, Step, SubmissionType, WayBack

# What the last report says beside the form: not the title, which names the pledge and the day,
# nor the evidence, which was that of the last report.
TOLD = ("stage", "day", "figures", "barriers", "enablers", "support")


def _start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?pledge=` is what is reported on; without it one chooses among those that one may report on."""
    wanted = as_keys(asked.getlist("pledge"))[:1]
    pledge = reportable(actor).filter(key__in=wanted).first() if wanted else None
    if pledge is None:
        waiting = waiting_on(reportable(actor), organizations)
        waits = set(waiting.values_list("pledge__key", flat=True))
        rows = [
            {"promise": row, "last": reported_on(row), "waits": row.source_key in waits}
            for row in promises(actor)
        ]
        context = {"rows": rows, "unknown": asked_unknown(asked.getlist("pledge")[:1], [])}
        return Start(
            organizations, lambda organization: None, lambda: context, instead="reports/desk/choose.html"
        )
    mine = organizations.filter(pk__in=parties_of(pledge).values("pk"))
    return Start(
        mine,
        fields=lambda organization: domain.begun(pledge),
        context=lambda: {
            "pledge": pledge,
            "promise": promise_of(pledge),
            "open": open_drafts(pledge, mine).first(),
            "waits": waiting_on([pledge], mine).first(),
            "cycle": cycle_note(None, timezone.now(), get_language() or DEFAULT),
            **last_words(pledge),
        },
    )


def last_words(pledge: Pledge) -> dict[str, Any]:
    """What was reported last, in words, for the panel above the form."""
    last = last_of(pledge)
    if last is None:
        return {"last": None}
    told = {name: value for name, value in sent(last, Shown(())).items() if name in TOLD}
    reading = reading_of(FIELDS, told, Reader(get_language() or "es"))
    return {"last": last, "facts": reading.facts, "is_second": last.is_unchanged}


def _beside(request: HttpRequest, report: Report, related: Shown, form: Any) -> dict[str, Any]:
    """The panel with the one press; gone once something is written."""
    pledge = report.pledge
    if pledge is None:
        return {}
    waits = waiting_on([pledge], [report.organization]).exclude(pk=report.pk).first()
    return {
        "promise": promise_of(pledge),
        "waits": waits,
        "may_press": not (form.is_bound or domain.is_written(report)),
        "cycle": cycle_note(report.created_at, timezone.now(), get_language() or DEFAULT),
        **last_words(pledge),
    }


def _uploads(
    request: HttpRequest, report: Report, fields: ReportFields
) -> tuple[ReportFields, Sequence[Problem]]:
    """The paper that came with the form; one that is refused leaves the rest of the form to be saved."""
    sent_file = request.FILES.get("evidence")
    actor = actor_of(request)
    if sent_file is None or not rules.can_edit(actor, report):
        return fields, ()
    left = [file for file in shown_for(report.pk).files if file.key not in fields.dropped]
    if len(left) >= MAX_FILES:
        return fields, [Problem("evidence", _("Three documents are enough. Leave one out first."))]
    try:
        content = content_of(sent_file)
        paper = domain.store_paper(content, sent_file.name or "", actor=actor, now=timezone.now())
    except Refused as refusal:
        return fields, [Problem("evidence", refusal.message)]
    return replaced(fields, added=(paper,)), ()


def _beside_review(report: Report) -> tuple[Text, ...]:
    """For who decides: what keeps a report that waits from becoming public."""
    told = domain.hindrance(report) if report.state in STATES.waiting else ""
    return (Text(_("It cannot be published now"), get_language() or DEFAULT, str(told)),) if told else ()


def _published(of: DecisionType) -> DecisionType:
    return replaced(of, verb=domain.publish_report) if of.code == "approved" else of


REPORT = SubmissionType(
    kind="report",
    label=_("Progress report"),
    gender=MASCULINE,
    model=Report,
    path="reports",
    decisions=tuple(map(_published, DECISIONS)),
    fields=FIELDS,
    joined=("organization", "author", "pledge"),
    phrases=Phrases(
        plural=_("Progress reports"),
        new=_("New progress report"),
        start=_("Report progress"),
        begin=_("Something has changed"),
        none=_("No progress report yet. Say how far your pledges are: it takes a few minutes."),
        of_organization=_("Progress report of %(organization)s"),
        received=_("We have received your progress report"),
        declaration=_(
            "By submitting this report you confirm that your organization stands by it and agrees to its "
            "publication, as it stands above, once the secretariat has read it."
        ),
        link=_("Report progress"),
        link_to_it=_("Report progress on it"),
    ),
    start=_start,
    start_before="reports/desk/start_before.html",
    start_inside="reports/desk/start_fields.html",
    starts_from=("pledge",),
    starts_from_public=True,
    steps=(
        Step(
            name="report",
            title=_("Progress report"),
            form=ReportForm,
            problems=lambda report, related: all_problems(report, related),
            is_started=lambda report, related: bool(report.text or report.is_unchanged),
            corrects=frozenset({*ReportForm.base_fields, "figure"}),
            before="reports/desk/before.html",
            context=_beside,
            uploads=_uploads,
        ),
    ),
    plain=("language", "stage", "is_unchanged", "text", "tier", *FACTORS),
    prefetch=(),
    related=lambda report: shown_for(report.pk),
    unstorable=unstorable,
    replace=replace,
    sent=sent,
    copied=lambda report: ReportFields(pledge=report.pledge),
    project=project,
    disclosure=disclosure,
    notes=notes,
    earlier=earlier,
    extra_texts=_beside_review,
    after_withdrawal=domain.after_withdrawal,
    after_put_back=domain.after_put_back,
    name_changed=domain.name_changed,
    way_back=WayBack(parts=lambda row: (row.evidence.all(),), not_said=lambda row: ("said_before",)),
)
