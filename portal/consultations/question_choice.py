"""The questions one can choose and write on, grouped as a person looks for them; the desk asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from portal.cms.queries import PublicPage, public_branches
from portal.common.folding import folded
from portal.consultations.deadlines import Call, calls_at, deadlines_to, exceptions_of, in_order
from portal.consultations.page_models import (
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
    path_above,
)
from portal.consultations.page_queries import AREA_AT, CONSULTATION_AT, SEGMENT_AT, facts_of, numbers
from portal.organizations.models import Organization
from portal.submissions.deadlines import Deadline

SHORT = 10


@dataclass(frozen=True, slots=True)
class Area:
    page: PublicPage
    questions: list[PublicPage]


@dataclass(frozen=True, slots=True)
class Segment:
    page: PublicPage
    areas: list[Area]
    is_open: bool

    @property
    def total(self) -> int:
        return sum(len(area.questions) for area in self.areas)


@dataclass(frozen=True, slots=True)
class Consultation:
    page: PublicPage
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class QuestionChoice:
    """`chosen` come first whatever is looked for; `consultations` hold the open ones that match.

    A long list can be searched and starts closed. `deadlines`: until when one can submit to the open ones.
    """

    chosen: list[PublicPage]
    consultations: list[Consultation]
    is_long: bool
    deadlines: list[Deadline]


def question_choice(
    language: str, chosen: Collection[UUID], organizations: Sequence[Organization], find: str = ""
) -> QuestionChoice:
    """Questions of consultations that are open to any of the organizations, by consultation, segment, area.

    Nine queries.
    """
    pages = public_branches([ConsultationPage, SegmentPage, ThematicAreaPage, GuidingQuestionPage], language)
    by_key = {page.key: page for rows in pages.values() for page in rows}
    questions = pages[GuidingQuestionPage]
    by_page = deadlines_by_page(pages[ConsultationPage], organizations, timezone.now())
    deadlines = sorted((each for told in by_page.values() for each in told), key=in_order)
    opened = {deadline.key for deadline in deadlines}
    words = folded(find).split()
    offered = [
        question
        for question in questions
        if question.key not in chosen
        and question.ancestors[CONSULTATION_AT] in opened
        and _matches(question, by_key, words)
    ]
    order = {key: position for position, key in enumerate(chosen)}
    picked = sorted((page for page in questions if page.key in order), key=lambda page: order[page.key])
    is_long = sum(page.ancestors[CONSULTATION_AT] in opened for page in questions) > SHORT
    are_open = bool(words) or not is_long
    return QuestionChoice(picked, _grouped(offered, by_key, are_open), is_long, deadlines)


def deadlines_by_page(
    pages: Sequence[PublicPage], organizations: Sequence[Organization], now: datetime
) -> dict[UUID, list[Deadline]]:
    """Until when any of the organizations can submit to consultations, by their keys. Two queries."""
    counts, exceptions = numbers(), exceptions_of([page.key for page in pages], organizations)
    calls = {page.key: Call(page, facts_of(page, counts), exceptions) for page in pages}
    return {key: deadlines_to([call], organizations, now) for key, call in calls.items()}


def open_questions(
    keys: Collection[UUID], organizations: Sequence[Organization], now: datetime
) -> dict[UUID, list[Deadline]]:
    """Those of the questions on which any of the organizations can submit, each with until when. At most five
    queries."""
    rows = GuidingQuestionPage.objects.filter(live=True, translation_key__in=keys)
    paths = dict(rows.values_list("translation_key", "path")) if keys else {}
    calls = calls_at({path_above(path) for path in paths.values()}, organizations)
    of_each = {path: deadlines_to([call], organizations, now) for path, call in calls.items()}
    return {key: told for key, path in paths.items() if (told := of_each.get(path_above(path)))}


def _matches(question: PublicPage, by_key: dict[UUID, PublicPage], words: list[str]) -> bool:
    above = (question.ancestors[SEGMENT_AT], question.ancestors[AREA_AT])
    text = folded(" ".join([question.title, *(by_key[key].title for key in above if key in by_key)]))
    return all(word in text for word in words)


def _grouped(
    questions: list[PublicPage], by_key: dict[UUID, PublicPage], are_open: bool
) -> list[Consultation]:
    consultations: dict[UUID, dict[UUID, dict[UUID, list[PublicPage]]]] = {}
    for question in questions:
        consultation, segment, area = (
            question.ancestors[at] for at in (CONSULTATION_AT, SEGMENT_AT, AREA_AT)
        )
        segments = consultations.setdefault(consultation, {})
        segments.setdefault(segment, {}).setdefault(area, []).append(question)
    return [
        Consultation(
            by_key[consultation],
            [
                Segment(by_key[segment], [Area(by_key[area], rows) for area, rows in areas.items()], are_open)
                for segment, areas in segments.items()
            ],
        )
        for consultation, segments in consultations.items()
    ]
