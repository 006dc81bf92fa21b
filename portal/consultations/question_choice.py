"""The questions one can choose and write on, grouped as a person looks for them; the desk asks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
from portal.consultations.wholes import live_wholes, plan_link, whole_links
from portal.organizations.models import Organization
from portal.plan.queries import in_force
from portal.publication.wholes import WholeKind, whole_code
from portal.records.trace_links import TraceLink
from portal.submissions.deadlines import Deadline

SHORT = 10


@dataclass(frozen=True, slots=True)
class Area:
    page: PublicPage
    questions: list[PublicPage]


@dataclass(frozen=True, slots=True)
class Segment:
    """`code` is that of the segment as a whole; empty where that is chosen or does not match."""

    page: PublicPage
    areas: list[Area]
    is_open: bool
    code: str = ""

    @property
    def total(self) -> int:
        return sum(len(area.questions) for area in self.areas)


@dataclass(frozen=True, slots=True)
class Consultation:
    """`code` as of a segment."""

    page: PublicPage
    segments: list[Segment]
    code: str = ""


@dataclass(frozen=True, slots=True)
class QuestionChoice:
    """`chosen` and `wholes` come first whatever is looked for; `consultations` hold the open ones that match;
    `plans` what else can be written on as a whole.

    A long list can be searched and starts closed. `deadlines`: until when one can submit to the open ones.
    """

    chosen: list[PublicPage]
    consultations: list[Consultation]
    is_long: bool
    deadlines: list[Deadline]
    wholes: list[TraceLink]
    plans: list[TraceLink]


def question_choice(
    language: str,
    chosen: Collection[UUID],
    organizations: Sequence[Organization],
    find: str = "",
    *,
    wholes: Collection[str] = (),
) -> QuestionChoice:
    """Questions of consultations that are open to any of the organizations, by segment and area.

    Each of these can be chosen as a whole. Ten queries.
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
    places = _places(pages, opened, words)
    grouped = _grouped(offered, places, by_key, are_open=bool(words) or not is_long, wholes=wholes)
    plan = in_force()
    plans = [plan_link(language)(plan)] if plan else []
    return QuestionChoice(
        picked,
        grouped,
        is_long,
        deadlines,
        whole_links(wholes, language) if wholes else [],
        [link for link in plans if link.id not in wholes and _has(link.title, words)],
    )


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
    return _open_among(dict(rows.values_list("translation_key", "path")) if keys else {}, organizations, now)


def open_wholes(
    codes: Collection[str], organizations: Sequence[Organization], now: datetime
) -> dict[str, list[Deadline]]:
    """The same of what can be written on as a whole; plans always, without an end. At most seven queries."""
    there = live_wholes(codes)
    opened = _open_among({code: path for code, path in there.items() if path}, organizations, now)
    return opened | {code: [] for code, path in there.items() if not path}


def _open_among(
    paths: Mapping[Any, str], organizations: Sequence[Organization], now: datetime
) -> dict[Any, list[Deadline]]:
    calls = calls_at({path_above(path) for path in paths.values()}, organizations)
    of_each = {path: deadlines_to([call], organizations, now) for path, call in calls.items()}
    return {key: told for key, path in paths.items() if (told := of_each.get(path_above(path)))}


def _places(
    pages: Mapping[Any, list[PublicPage]], opened: Collection[UUID], words: list[str]
) -> list[tuple[PublicPage, ...]]:
    """Open consultations, and their segments after them, whose own titles match."""
    consultations = [(page,) for page in pages[ConsultationPage] if page.key in opened]
    above = {page.key: page for (page,) in consultations}
    segments = [
        (above[key], page) for page in pages[SegmentPage] if (key := page.ancestors[CONSULTATION_AT]) in above
    ]
    return [place for place in (*consultations, *segments) if _has(place[-1].title, words)]


def _has(title: str, words: list[str]) -> bool:
    return all(word in folded(title) for word in words)


def _matches(question: PublicPage, by_key: dict[UUID, PublicPage], words: list[str]) -> bool:
    above = (question.ancestors[SEGMENT_AT], question.ancestors[AREA_AT])
    text = folded(" ".join([question.title, *(by_key[key].title for key in above if key in by_key)]))
    return all(word in text for word in words)


def _grouped(
    questions: list[PublicPage],
    places: list[tuple[PublicPage, ...]],
    by_key: dict[UUID, PublicPage],
    *,
    are_open: bool,
    wholes: Collection[str],
) -> list[Consultation]:
    """The questions in their places, and the places that match though none of their questions does."""
    tree: dict[UUID, dict[UUID, dict[UUID, list[PublicPage]]]] = {}
    for place in places:
        segments = tree.setdefault(place[0].key, {})
        for segment in place[1:]:
            segments.setdefault(segment.key, {})
    for question in questions:
        above = (question.ancestors[at] for at in (CONSULTATION_AT, SEGMENT_AT, AREA_AT))
        consultation, segment_key, area = above
        areas = tree.setdefault(consultation, {}).setdefault(segment_key, {})
        areas.setdefault(area, []).append(question)
    matched = {place[-1].key for place in places}
    order = {key: at for at, key in enumerate(by_key)}

    def code(kind: WholeKind, key: UUID) -> str:
        told = whole_code(kind, key)
        return told if key in matched and told not in wholes else ""

    def segment_of(key: UUID, areas: dict[UUID, list[PublicPage]]) -> Segment:
        rows = [Area(by_key[area], each) for area, each in areas.items()]
        return Segment(by_key[key], rows, are_open, code(WholeKind.SEGMENT, key))

    return [
        Consultation(
            by_key[key],
            [segment_of(each, segments[each]) for each in sorted(segments, key=order.__getitem__)],
            code(WholeKind.CONSULTATION, key),
        )
        for key, segments in sorted(tree.items(), key=lambda item: order[item[0]])
    ]
