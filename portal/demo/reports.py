"""The demo's progress reports, on whatever pledges are public, through the verbs that people's forms use.

The same pledges give the same reports. Some pledges stay silent and some fall silent, as in life.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, read
from portal.files.models import StoredFile
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Membership
from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.pledges.models import Pledge
from portal.reports.domain import store_paper
from portal.reports.drafts import FACTORS, ReportFields
from portal.reports.submission import REPORT
from portal.submissions.domain import create_draft, submit
from portal.submissions.states import SubmissionState

MONTH = timedelta(days=30)
# The first report comes in the summer after the forum, the others some months apart, by the pledge.
FIRST, PACES = timedelta(days=190), (8 * MONTH, 11 * MONTH, 14 * MONTH, 9 * MONTH)
WRITTEN_AFTER, READ_AFTER = timedelta(days=9), timedelta(days=11)
SILENT_FOR = 26 * MONTH
TIERS = (EvidenceTier.STATEMENT, EvidenceTier.OWN_DOCUMENT, EvidenceTier.STATEMENT, EvidenceTier.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Planned:
    """The report to be written: the `number`th of so many on the `at`th pledge."""

    pledge: Pledge
    at: int
    number: int
    of: int
    day: date

    @property
    def is_last(self) -> bool:
        return self.number == self.of - 1

    @property
    def is_unchanged(self) -> bool:
        """One in five; and of the third pledge the last two, so that one says so twice."""
        if self.number == 0 or self.stage == ReportedStage.FULFILLED:
            return False
        return (self.at + self.number) % 5 == 3 or (self.at == 2 and self.number >= self.of - 2)

    @property
    def stage(self) -> str:
        """It ends where the pledge says that it is."""
        if self.is_last:
            return str(self.pledge.stage)
        if self.pledge.stage == ReportedStage.PLANNING or (self.number == 0 and self.at % 2):
            return ReportedStage.PLANNING.value
        return ReportedStage.IN_PROGRESS.value


def load_reports(
    *, now: datetime, most: int, until: datetime | None = None, then: Callable[[], object] = lambda: None
) -> str:
    """At most so many, of all years since the forums, in the order of their days.

    `then` is called once, between those that were read `until` a moment and the others.
    """
    moderator = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    owners = {
        row.organization_id: person(row.user)
        for row in Membership.objects.filter(role=Role.OWNER).select_related("user").order_by("pk")
    }
    pledges = Pledge.objects.filter(state=SubmissionState.PUBLISHED, organization__in=owners)
    rows = list(pledges.select_related("organization").prefetch_related("goals").order_by("pk"))
    planned = sorted(planned_for(rows, now.date(), most), key=lambda row: (row.day, row.at))
    for row in planned:
        if until is not None and _written(row) + READ_AFTER > until:
            then()
            until = None
        _report(row, owners[row.pledge.organization_id], moderator)
    if until is not None:
        then()
    return f"{len(planned)} progress reports"


def planned_for(pledges: list[Pledge], today: date, most: int) -> list[Planned]:
    """Every pledge that speaks has its turn before any has one more; each keeps its newest day."""
    days = {at: _days(pledge, at, today) for at, pledge in enumerate(pledges)}
    takes = dict.fromkeys((at for at, each in days.items() if each), 0)
    left = most
    while left and (hungry := [at for at, taken in takes.items() if taken < len(days[at])]):
        for at in hungry[:left]:
            takes[at] += 1
        left -= len(hungry[:left])
    return [
        Planned(pledges[at], at, number, taken, day)
        for at, taken in takes.items()
        for number, day in enumerate(_spread(days[at], taken))
    ]


def _days(pledge: Pledge, at: int, today: date) -> list[date]:
    """Every seventh pledge says nothing; every fifth has said nothing for more than two years."""
    if at % 7 == 6 or not pledge.forum.isdecimal():
        return []
    last = today - (SILENT_FOR if at % 5 == 4 else timedelta(days=20 + at % 9 * 12))
    days, day = [], date(int(pledge.forum), 12, 15) + FIRST + timedelta(days=at % 11 * 9)
    while day <= last:
        days.append(day)
        day += PACES[at % len(PACES)]
    return days


def _spread(days: list[date], taken: int) -> list[date]:
    """So many of the days, evenly, the last of them always."""
    return [days[len(days) * (place + 1) // taken - 1] for place in range(taken)]


def _report(row: Planned, owner: Actor, moderator: Actor) -> None:
    written = _written(row)
    language = row.pledge.language
    draft = create_draft(
        REPORT,
        organization=row.pledge.organization,
        language=language,
        fields=_fields(row, read("reports")[language], owner, written),
        actor=owner,
        now=written,
    )
    submit(draft, submit_key=draft.submit_key, actor=owner, now=written)
    decide("report", draft.key, "approved", actor=moderator, now=written + READ_AFTER)


def _written(row: Planned) -> datetime:
    return datetime.combine(row.day, time(15), UTC) + WRITTEN_AFTER


def _fields(row: Planned, words: Content, owner: Actor, now: datetime) -> ReportFields:
    said: dict[str, Any] = {
        "pledge": row.pledge,
        "day": row.day.isoformat(),
        "stage": row.stage,
        "figures": dict(_figures(row)),
        "is_unchanged": row.is_unchanged,
    }
    if row.is_unchanged:
        return ReportFields(**said)
    tier = _tier(row)
    papers: tuple[StoredFile, ...] = ()
    if tier in (EvidenceTier.OWN_DOCUMENT, EvidenceTier.THIRD_PARTY):
        content = f"{words['paper']}\n\n{row.pledge.external_id}, {row.day}\n".encode()
        papers = (store_paper(content, f"{row.pledge.external_id}-{row.day}.txt", actor=owner, now=now),)
    turn = row.at + row.number
    chosen: dict[str, Any] = {
        name: [list(known.values)[turn % len(known.values)]] for name, known in FACTORS.items()
    }
    return ReportFields(**said, text=_text(row, words), tier=tier, added=papers, **chosen)


def _tier(row: Planned) -> EvidenceTier:
    """What is claimed as fulfilled is shown; the first report of all shows a paper of somebody else."""
    if row.is_last and row.pledge.stage == ReportedStage.FULFILLED:
        return EvidenceTier.THIRD_PARTY if row.at % 2 else EvidenceTier.OWN_DOCUMENT
    return TIERS[(row.at + row.number) % len(TIERS)]


def _text(row: Planned, words: Content) -> str:
    """A sentence of each kind, so that no two reports of a pledge are alike."""
    at, number = row.at, row.number
    parts = (
        words["done"][(at + number) % len(words["done"])],
        words["detail"][(at * 5 + number * 2 + at // 6) % len(words["detail"])],
        words["next"][(at * 3 + number) % len(words["next"])],
    )
    return " ".join(parts)


def _figures(row: Planned) -> Iterator[tuple[str, str]]:
    """From the baseline towards the target; a goal of a fulfilled pledge is reached."""
    for goal in row.pledge.goals.all():
        if goal.target is None:
            continue
        start = goal.baseline or Decimal(0)
        is_reached = row.is_last and row.pledge.stage == ReportedStage.FULFILLED
        share = Decimal(1) if is_reached else Decimal(row.number + 1) / Decimal(row.of + 2)
        yield str(goal.key), str(int(start + (goal.target - start) * share))
