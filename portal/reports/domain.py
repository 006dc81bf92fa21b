"""What happens to a report besides what all submissions do, as verbs; type, views and demo call it."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, system
from portal.common.errors import NotAllowed, WrongState
from portal.files import domain as files
from portal.files.cleaning import cleaned
from portal.files.enums import FileType
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from portal.organizations.models import Organization
from portal.pledges.domain import forget_report, note_report
from portal.pledges.enums import ReportedBy
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.reports.drafts import ReportFields
from portal.reports.models import Evidence, Report
from portal.reports.queries import last_of, of_pledge, shown_for
from portal.submissions import domain, rules
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type


@transaction.atomic
def publish_report(report: Report, *, actor: Actor, now: datetime) -> Record:
    """Approved: its papers get their public copies, it enters the ledger, and its pledge follows it."""
    if not rules.may_review(actor, report):
        raise NotAllowed("publish a report")
    pledge = _locked(report)
    Report.objects.filter(pk=report.pk).update(said_before=_said_before(pledge))
    for file in shown_for(report.pk).files:
        _publish_copy(file, actor, now)
    record = domain.publish(report, actor=actor, now=now)
    _follow(pledge, actor, now)
    return record


def after_withdrawal(report: Report, actor: Actor, now: datetime) -> None:
    """The pledge says again what the report before said; its papers are private again."""
    if not report.said_before or report.pledge is None:
        return
    for file in shown_for(report.pk).files:
        _withdraw_copy(file, report, now)
    pledge = _locked(report)
    if pledge.reported_on != report.reported_on:
        return
    last = last_of(pledge)
    said = report.said_before
    stage = last.stage if last else said["stage"]
    day = last.reported_on if last else date.fromisoformat(said["day"]) if said["day"] else None
    by = ReportedBy.PARTIES if last else said["by"]
    forget_report(pledge, stage=stage, reported_on=day, reported_by=by, actor=actor, now=now)


@transaction.atomic
def begin_report(
    pledge: Pledge,
    *,
    organization: Organization,
    language: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Report:
    """A draft that begins with what was reported last. The same `key` again gives the same one."""
    draft: Report = domain.create_draft(
        submission_type("report"),
        organization=organization,
        language=language,
        fields=begun(pledge),
        key=key,
        actor=actor,
        now=now,
    )
    return draft


@transaction.atomic
def keep_unchanged(report: Report, *, actor: Actor, now: datetime) -> Report:
    """A draft in which nothing is written says that nothing has changed; it is not submitted."""
    if report.pledge is None or report.text:
        raise WrongState(_("Something is written in this report already."))
    papers = tuple(file.key for file in shown_for(report.pk).files)
    fields = replace(begun(report.pledge, is_unchanged=True), dropped=papers)
    return domain.save_draft(report, fields=fields, revision=report.revision, actor=actor, now=now)


@transaction.atomic
def report_unchanged(report: Report, *, actor: Actor, now: datetime) -> Report:
    """The same, and submitted at once by who may submit; a writer leaves it to a signatory.

    Raises `Incomplete` where something stands in the way, such as an organization that is not verified.
    """
    saved = keep_unchanged(report, actor=actor, now=now)
    if rules.can_submit(actor, saved):
        domain.submit(saved, submit_key=saved.submit_key, actor=actor, now=now)
        saved.refresh_from_db()
    return saved


def begun(pledge: Pledge, *, is_unchanged: bool = False) -> ReportFields:
    """What was said last, as of today: the text alone is new each time."""
    last = last_of(pledge)
    return ReportFields(
        pledge=pledge,
        day=timezone.localdate().isoformat(),
        stage=last.stage if last else pledge.stage,
        figures=dict(last.figures) if last else {},
        is_unchanged=is_unchanged,
        barriers=list(last.barriers) if last else [],
        enablers=list(last.enablers) if last else [],
        support=list(last.support) if last else [],
    )


def _locked(report: Report) -> Pledge:
    return Pledge.objects.select_for_update(of=("self",)).get(reports=report)


def _said_before(pledge: Pledge) -> dict[str, str]:
    """What the pledge said before the first report here; the reports hand it on."""
    first = of_pledge(pledge).last()
    if first is not None:
        said: dict[str, str] = first.said_before
        return said
    day = pledge.reported_on.isoformat() if pledge.reported_on else ""
    return {"stage": str(pledge.stage), "day": day, "by": str(pledge.reported_by)}


def _follow(pledge: Pledge, actor: Actor, now: datetime) -> None:
    """The newest day counts: a report on an earlier one changes nothing."""
    last = last_of(pledge)
    if last is not None and last.reported_on is not None:
        note_report(pledge, stage=last.stage, reported_on=last.reported_on, actor=actor, now=now)


def _publish_copy(file: StoredFile, actor: Actor, now: datetime) -> None:
    try:
        files.publish_copy(file, actor=actor, now=now)
    except Refused as refusal:
        raise WrongState(refusal.message) from refusal


def _withdraw_copy(file: StoredFile, report: Report, now: datetime) -> None:
    """Unless another public report shows the same paper."""
    others = Evidence.objects.filter(file=file, report__state=SubmissionState.PUBLISHED)
    if not others.exclude(report=report).exists():
        files.withdraw_copy(file, actor=system("reports"), now=now)


def store_paper(content: bytes, name: str, *, actor: Actor, now: datetime) -> StoredFile:
    """A paper as it was given. Raises `Refused`, also for what could not be cleaned once it is public."""
    stored = files.store_file(content, name, actor=actor, now=now)
    cleaned(content, FileType(stored.kind))
    return stored
