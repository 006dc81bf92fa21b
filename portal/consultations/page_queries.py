"""Reads of consultation pages; pages, the read API, desk and search call them.

Page types stand here by label, because the page models call these reads for their templates.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.cms.dates import day_or_days, until
from portal.cms.queries import PublicPage, public_branches, public_pages
from portal.common.languages import DEFAULT
from portal.consultations.enums import ConsultationState
from portal.publication.enums import RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink

CONSULTATION = "consultations.ConsultationPage"
SEGMENT = "consultations.SegmentPage"
AREA = "consultations.ThematicAreaPage"
QUESTION = "consultations.GuidingQuestionPage"
# Places in `PublicPage.ancestors`: home, index, consultation, segment, thematic area.
CONSULTATION_AT, SEGMENT_AT, AREA_AT = 2, 3, 4
TONES = {
    ConsultationState.OPEN: "warn",
    ConsultationState.OUTCOMES: "good",
    ConsultationState.FOLLOWED_UP: "good",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """A consultation as lists and panels show it, with what stands below it."""

    page: PublicPage
    segments: int = 0
    questions: int = 0
    interventions: int = 0

    @property
    def state(self) -> ConsultationState:
        return ConsultationState(self.page.extra["state"])

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def is_open(self) -> bool:
        return is_open(self.page.extra["state"], self.page.extra["deadline"])

    @property
    def dates(self) -> str:
        return day_or_days(self.page.extra["starts_on"], self.page.extra["ends_on"])

    @property
    def deadline(self) -> str:
        """Until when it is open, with the place whose clock counts; empty without a deadline."""
        facts = self.page.extra
        return until(facts["deadline"], facts["time_zone"], facts["place"]) if facts["deadline"] else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, thematic area or question with the interventions on it and the parts below it."""

    page: PublicPage
    interventions: int
    questions: int = 0
    parts: list["Part"] = field(default_factory=list)


def consultations(language: str) -> list[PublicPage]:
    return public_pages(CONSULTATION, language)


def segments(language: str) -> list[PublicPage]:
    return public_pages(SEGMENT, language)


def areas(language: str) -> list[PublicPage]:
    return public_pages(AREA, language)


def questions(language: str) -> list[PublicPage]:
    return public_pages(QUESTION, language)


def is_open(state: str, deadline: Any) -> bool:
    """Open for interventions: the state says so and the deadline, where there is one, has not passed."""
    return state == ConsultationState.OPEN and (deadline is None or deadline > timezone.now())


def summaries(language: str) -> list[Summary]:
    """Every public consultation with its numbers of segments, questions, interventions. Three queries."""
    numbers = _numbers()
    return [Summary(page, *numbers.get(page.key, (0, 0, 0))) for page in consultations(language)]


@counted_once
def _numbers() -> dict[UUID, tuple[int, int, int]]:
    """Of each public consultation its segments, questions and interventions; alike in all languages."""
    branches = public_branches([SEGMENT, QUESTION], DEFAULT)
    segments = Counter(segment.parent_key for segment in branches[SEGMENT])
    below: dict[UUID, list[UUID]] = defaultdict(list)
    for question in branches[QUESTION]:
        below[question.ancestors[CONSULTATION_AT]].append(question.key)
    records = records_by_question(question.key for question in branches[QUESTION])
    return {
        key: (segments[key], len(below[key]), _together(records, below[key]))
        for key in {*segments, *below}
        if key is not None
    }


def open_now(rows: Iterable[Summary]) -> Summary | None:
    """The open consultation that closes first."""
    opened = [row for row in rows if row.is_open]
    far = timezone.now().max.replace(tzinfo=timezone.get_default_timezone())
    return min(opened, key=lambda row: row.page.extra["deadline"] or far, default=None)


def parts_below(branches: Collection[str], language: str, *, grouped_by: str) -> list[Part]:
    """What stands below a page: its segments or areas, each with its questions. Five queries."""
    children = public_branches([grouped_by, QUESTION], language, within=branches)
    records = records_by_question(question.key for question in children[QUESTION])
    below: dict[UUID, list[PublicPage]] = defaultdict(list)
    for question in children[QUESTION]:
        for key in question.ancestors:
            below[key].append(question)
    return [
        Part(
            page=page,
            interventions=_together(records, [question.key for question in below[page.key]]),
            questions=len(below[page.key]),
            parts=[Part(question, len(records[question.key])) for question in below[page.key]],
        )
        for page in children[grouped_by]
    ]


def questions_below(branches: Collection[str], language: str) -> list[Part]:
    """The questions below a page with the number of interventions on each. Four queries."""
    questions = public_branches([QUESTION], language, within=branches)[QUESTION]
    records = records_by_question(question.key for question in questions)
    return [Part(question, len(records[question.key])) for question in questions]


def records_by_question(keys: Iterable[UUID]) -> dict[UUID, set[int]]:
    """The published records that answer each question, by their row. One query."""
    targets = {str(key): key for key in keys}
    rows = RecordLink.objects.filter(
        relation=Relation.ANSWERS, target__in=targets, record__state=RecordState.PUBLISHED
    )
    records: dict[UUID, set[int]] = defaultdict(set)
    for target, record in rows.values_list("target", "record_id"):
        records[targets[target]].add(record)
    return records


def _together(records: dict[UUID, set[int]], keys: Iterable[UUID]) -> int:
    """Records that answer any of the questions, each counted once."""
    return len(set().union(*(records[key] for key in keys if key in records)))
