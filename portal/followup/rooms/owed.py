"""What parties of pledges owe: reports and replies, with their last days; the desk's cards show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.desk_duties import Duty
from portal.followup.assessing.records import replies_until
from portal.followup.models import Reply, ReviewCycle
from portal.followup.reminding.queries import reported_keys
from portal.followup.replying.drafts import to_reply_to
from portal.followup.replying.submission import REPLY
from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import in_language, published, titled
from portal.records.trace_links import foreign
from portal.reports.models import Report
from portal.reports.queries import promises
from portal.reports.submission import REPORT
from portal.submissions.states import GIVEN, STATES
from portal.submissions.types import start_address


@dataclass(frozen=True, slots=True)
class Owed:
    """What is due of `of_all` things, and the most urgent first; `waiting` are with the secretariat."""

    of_all: int
    duties: tuple[Duty, ...]
    waiting: int = 0


def reports_owed(actor: Actor, language: str, cycle: ReviewCycle | None, today: date) -> Owed:
    """Of the pledges that are still to be fulfilled those without a report: of the cycle where one is open,
    else of the last twelve months. What waits for the secretariat is not asked for again. Four queries."""
    rows = list(in_language(promises(actor).defer("texts"), language))
    active = [row for row in rows if facts.stage_of(row) != ReportedStage.FULFILLED]
    told = reported_keys(cycle) if cycle and active else frozenset()
    owing = [row for row in active if (row.source_key not in told if cycle else _is_silent(row, today))]
    waiting = _waiting(row.source_key for row in active)
    duties = [_report(row, language, cycle) for row in owing if row.source_key not in waiting]
    return Owed(len(active), tuple(sorted(duties, key=lambda duty: duty.rank)), len(waiting))


def _waiting(keys: Iterable[UUID | None]) -> set[UUID | None]:
    """Those of the pledges with a report of any party that nobody has decided about yet."""
    rows = Report.objects.filter(pledge__key__in=[*keys], state__in=STATES.waiting)
    return set(rows.order_by().values_list("pledge__key", flat=True))


def _is_silent(row: Record, today: date) -> bool:
    since = facts.silent_since(facts.reported_on(row), row.year)
    return facts.is_silent(since, facts.stage_of(row), today)


def _report(row: Record, language: str, cycle: ReviewCycle | None) -> Duty:
    title, spoken = titled(row, language)
    return Duty(
        title,
        start_address(REPORT, "pledge", row.source_key),
        _("Report on it"),
        (row.public_id, cycle.title(language) if cycle else ""),
        lang=foreign(spoken, language),
        due=cycle.closes_on if cycle else None,
        since=facts.reported_on(row) or row.published_at.date(),
    )


def replies_owed(actor: Actor, language: str, today: date) -> Owed:
    """Assessments of one's pledges to which one can reply today and has not. Three queries at most."""
    rows = {row.key: row for row in to_reply_to(actor)}
    if not rows:
        return Owed(0, ())
    given = _given(actor, rows)
    records = in_language(published(RecordKind.ASSESSMENT).filter(source_key__in=rows), language)
    is_open = [row for row in records if today <= replies_until(row)]
    duties = [_reply(row, language) for row in is_open if row.source_key not in given]
    return Owed(len(is_open), tuple(sorted(duties, key=lambda duty: duty.rank)))


def _given(actor: Actor, keys: Iterable[UUID]) -> set[UUID | None]:
    mine = {"organization__memberships__user_id": actor.user_id or 0}
    rows = Reply.objects.filter(assessment__key__in=keys, state__in=GIVEN, **mine)
    return set(rows.order_by().values_list("assessment__key", flat=True))


def _reply(row: Record, language: str) -> Duty:
    title, spoken = titled(row, language)
    url = f"{REPLY.address('new')}?assessment={row.source_key}"
    return Duty(
        title,
        url,
        _("Reply to the assessment"),
        (row.public_id,),
        lang=foreign(spoken, language),
        due=replies_until(row),
    )
