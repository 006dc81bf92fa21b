"""What happens to a report besides what all submissions do, as verbs; type, views and demo call it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, system
from portal.common.errors import NotAllowed, WrongState
from portal.files import domain as files
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from portal.organizations.models import Organization
from portal.organizations.queries import with_role
from portal.pledges.domain import forget_report, note_report
from portal.pledges.enums import EvidenceTier, ReportedBy
from portal.pledges.facts import stage_of
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import out_of_step, published
from portal.reports.drafts import FACTORS, ReportFields
from portal.reports.goals import promise_of
from portal.reports.models import Evidence, Report
from portal.reports.queries import is_party, last_of, of_pledge, shown_for
from portal.submissions import domain, rules
from portal.submissions.contents import withholds
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type

Said = dict[str, str]
WRITTEN = _("Something is written in this report already.")
FOLLOWING = system("reports")


@transaction.atomic
def publish_report(report: Report, *, actor: Actor, now: datetime) -> Record:
    """Approved: its papers get their public copies, it enters the ledger, and its pledge follows it."""
    if not rules.may_review(actor, report):
        raise NotAllowed("publish a report")
    pledge = _locked(report)
    if told := hindrance(report):
        raise WrongState(told)
    Report.objects.filter(pk=report.pk).update(said_before=_said_before(pledge))
    if not withholds(report):
        for file in shown_for(report.pk).files:
            _publish_copy(file, actor, now)
    record = domain.publish(report, actor=actor, now=now)
    _follow(pledge, actor, now)
    return record


def after_withdrawal(report: Report, actor: Actor, now: datetime) -> None:
    """The pledge says again what was said last before, here or elsewhere; its papers are private again."""
    if not report.said_before or report.pledge is None:
        return
    for file in shown_for(report.pk).files:
        _withdraw_copy(file, report, now)
    pledge = _locked(report)
    if pledge.reported_on != report.reported_on:
        return
    said = _newest([*_own_words(pledge), *_words_beside(pledge), report.said_before])
    day = date.fromisoformat(said["day"]) if said["day"] else None
    forget_report(pledge, stage=said["stage"], reported_on=day, reported_by=said["by"], actor=actor, now=now)


def after_put_back(report: Report, actor: Actor, now: datetime) -> None:
    """Readers read its papers again, and its pledge follows it."""
    name_changed(report, actor, now)
    if report.pledge is not None:
        _follow(_locked(report), actor, now)


def name_changed(report: Report, actor: Actor, now: datetime) -> None:
    """Papers name who wrote them: everybody reads them only where the organization's name is said."""
    for file in shown_for(report.pk).files:
        if withholds(report):
            _withdraw_copy(file, report, now)
        else:
            _publish_copy(file, FOLLOWING, now)


def hindrance(report: Report) -> object:
    """Why a report cannot become public as things stand; empty where nothing stands in the way."""
    if promise_of(report.pledge) is None:
        return _("The pledge is not public now. The report can wait here until it is, or be returned.")
    if report.pledge and not is_party(report.pledge, report.organization_id):
        return _("This organization is no party of the pledge any more. Return the report with this reason.")
    return ""


def follow_pledge(key: UUID, state: str, now: datetime) -> None:
    """While a pledge is withdrawn nobody outside reads its reports; they come back with it.

    `key` is that of a pledge whose public record has changed, `state` that of the record. The reports keep
    their numbers and their place at the desks. One query where nothing is to do.
    """
    own = Report.objects.filter(pledge__key=key, state=SubmissionState.PUBLISHED).values("key")
    for record in out_of_step(RecordKind.REPORT, own, state=state):
        if record.is_published:
            _hide(record, now)
        else:
            _show_again(record, now)


def _hide(record: Record, now: datetime) -> None:
    report = Report.objects.get(key=record.source_key)
    ledger.withdraw(record.kind, record.source_key, actor=FOLLOWING, now=now)
    for file in shown_for(report.pk).files:
        _withdraw_copy(file, report, now)


def _show_again(record: Record, now: datetime) -> None:
    report = Report.objects.select_related("organization", "pledge").get(key=record.source_key)
    name_changed(report, FOLLOWING, now)
    ledger.publish(submission_type("report").project(report), actor=FOLLOWING, now=now)


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
    """A draft that begins with what was reported last.

    The same `key` again gives the same one, also where it has been submitted in the meantime.
    """
    present = with_role(Report.objects.filter(key=key), actor).first() if key else None
    if present is not None and rules.may_write_for(actor, present):
        return present
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
    stored = Report.objects.select_for_update(of=("self",)).select_related("pledge").get(pk=report.pk)
    if stored.pledge is None or is_written(stored):
        raise WrongState(WRITTEN)
    fields = begun(stored.pledge, is_unchanged=True)
    return domain.save_draft(stored, fields=fields, revision=stored.revision, actor=actor, now=now)


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


def is_written(report: Report) -> bool:
    """Whether a draft holds anything that its writer typed, chose or added since it began.

    What was filled in from the last report is nobody's word until it is saved as another one.
    """
    if report.pledge is None or report.text or shown_for(report.pk).files:
        return True
    if report.is_unchanged or report.revision == 1:
        return False
    first, days = begun(report.pledge), {timezone.localdate(), timezone.localdate(report.created_at)}
    names = ("stage", "figures", *FACTORS)
    as_begun = all(getattr(report, name) == getattr(first, name) for name in names)
    return not as_begun or report.tier != EvidenceTier.STATEMENT or report.reported_on not in days


def begun(pledge: Pledge, *, is_unchanged: bool = False) -> ReportFields:
    """What was said last, as of today: the text alone is new each time."""
    last, promise = last_of(pledge), promise_of(pledge)
    return ReportFields(
        pledge=pledge,
        day=timezone.localdate().isoformat(),
        stage=last.stage if last else stage_of(promise).value if promise else "",
        figures=dict(last.figures) if last else {},
        is_unchanged=is_unchanged,
        barriers=list(last.barriers) if last else [],
        enablers=list(last.enablers) if last else [],
        support=list(last.support) if last else [],
    )


def _locked(report: Report) -> Pledge:
    return Pledge.objects.select_for_update(of=("self",)).get(reports=report)


def _said_before(pledge: Pledge) -> Said:
    """The newest word besides the reports here: the pledge's own or the source's; the reports hand it on."""
    day = pledge.reported_on.isoformat() if pledge.reported_on else ""
    own = {"stage": str(pledge.stage), "day": day, "by": str(pledge.reported_by)}
    beside = _words_beside(pledge)
    return _newest(beside) if beside and pledge.reported_by == ReportedBy.PARTIES else own


def _words_beside(pledge: Pledge) -> list[Said]:
    """What the public reports know that was said before any of them; the last one to come first."""
    rows = of_pledge(pledge).order_by("-decided_at", "-pk").values_list("said_before", flat=True)
    return [said for said in rows if said]


def _own_words(pledge: Pledge) -> list[Said]:
    """What the newest public report says; nothing where there is none."""
    last = last_of(pledge)
    if last is None or last.reported_on is None:
        return []
    day = last.reported_on.isoformat()
    return [{"stage": str(last.stage), "day": day, "by": ReportedBy.PARTIES.value}]


def _newest(words: Sequence[Said]) -> Said:
    """That of the latest day; of one day the first."""
    return max(words, key=lambda said: said["day"])


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
    public = published(RecordKind.REPORT).order_by().values("source_key")
    others = Evidence.objects.filter(file=file, report__key__in=public)
    if not others.exclude(report=report).exists():
        files.withdraw_copy(file, actor=system("reports"), now=now)


def store_paper(content: bytes, name: str, *, actor: Actor, now: datetime) -> StoredFile:
    """A paper as it is to be public. Raises `Refused`."""
    return files.store_file(content, name, actor=actor, now=now)
