"""Reads of consultation pages; pages, the read API, desk and search call them.

Page types stand here by label, because the page models call these reads for their templates.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db.models import Count
from django.utils import timezone

from portal.cms.dates import day_or_days, until
from portal.cms.queries import PublicPage, public_branches, public_pages
from portal.common.declarations import declared
from portal.common.languages import CODES, DEFAULT
from portal.consultations.course import Facts, facts_from, state_at
from portal.consultations.enums import ConsultationState
from portal.consultations.question_interventions import contributed_kinds
from portal.consultations.sessions import numbers_of_sessions
from portal.networks.queries import Lead, leads_by_segment
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import published
from portal.publication.wholes import WholeKind, page_key, whole_code

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
    """A consultation as lists and panels show it at one moment, with what stands below it."""

    page: PublicPage
    state: ConsultationState
    segments: int = 0
    questions: int = 0
    interventions: int = 0
    has_programme: bool = False
    has_conclusions: bool = False

    @property
    def conclusions_url(self) -> str:
        """Their address; empty while none are published."""
        return f"{self.page.url}conclusions/" if self.has_conclusions and self.page.url else ""

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def is_open(self) -> bool:
        return self.state == ConsultationState.OPEN

    @property
    def dates(self) -> str:
        return day_or_days(self.page.extra["starts_on"], self.page.extra["ends_on"])

    @property
    def deadline(self) -> str:
        """Until when it is open, with the place whose clock counts; empty without a deadline."""
        facts = self.page.extra
        return until(self.closes, facts["time_zone"], facts["place"]) if self.closes else ""

    @property
    def closes(self) -> datetime | None:
        """The deadline, or when it closes before it."""
        moments = (self.page.extra["deadline"], self.page.extra["closed_at"])
        return min((moment for moment in moments if moment), default=None)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of public pages by key: segments below, questions below, records that answer any of these or are about
    the page or its segments as a whole, by kind and by the type of their organization, each record once;
    those about a whole by its code; contributions to questions by cross-cutting mark; when a consultation's
    conclusions were published; how much is known of its meeting; by segment the one of an earlier
    consultation that it continues, and the networks that lead it on which days."""

    segments: Mapping[UUID, int]
    questions: Mapping[UUID, int]
    recommendations: Mapping[UUID, int]
    by_type: Mapping[UUID, Mapping[tuple[str, str], int]]
    by_whole: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)
    by_mark: Mapping[UUID, Mapping[str, int]] = field(default_factory=dict)
    conclusions: Mapping[UUID, datetime] = field(default_factory=dict)
    sessions: Mapping[UUID, int] = field(default_factory=dict)
    continues: Mapping[UUID, UUID] = field(default_factory=dict)
    leads: Mapping[UUID, Sequence[Lead]] = field(default_factory=dict)

    def interventions(self, key: UUID) -> int:
        return sum(self.by_type.get(key, {}).values())

    def interventions_by_type(self, key: UUID) -> dict[str, int]:
        """Good practices count with them; a type once, over both kinds."""
        return _types_of(self.by_type.get(key, {}))

    def about_by_type(self, code: str) -> dict[str, int]:
        """The same of what is about a whole."""
        return _types_of(self.by_whole.get(code, {}))


def _types_of(counted: Mapping[tuple[str, str], int]) -> dict[str, int]:
    types: Counter[str] = Counter()
    for (kind, code), number in counted.items():
        if kind in contributed_kinds():
            types[code] += number
    return dict(types)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, thematic area or question with the interventions on it and the parts below it."""

    page: PublicPage
    interventions: int
    questions: int = 0
    parts: list["Part"] = field(default_factory=list)
    leads: list[dict[str, str]] = field(default_factory=list)


def consultations(language: str) -> list[PublicPage]:
    return public_pages(CONSULTATION, language)


def consultation_at(slug: str, language: str) -> PublicPage | None:
    """The public consultation whose page has this slug, in this language (two queries) or another."""
    by_key = {page.key: page for page in consultations(language)}
    if page := _with_slug(slug, by_key.values()):
        return page
    others = (_with_slug(slug, consultations(code)) for code in CODES if code != language)
    return next((by_key[other.key] for other in others if other and other.key in by_key), None)


def _with_slug(slug: str, pages: Iterable[PublicPage]) -> PublicPage | None:
    return next((page for page in pages if page.url.rstrip("/").rsplit("/", 1)[-1] == slug), None)


def segments(language: str) -> list[PublicPage]:
    return public_pages(SEGMENT, language)


def areas(language: str) -> list[PublicPage]:
    return public_pages(AREA, language)


def questions(language: str) -> list[PublicPage]:
    return public_pages(QUESTION, language)


def facts_of(page: PublicPage, counts: Numbers) -> Facts:
    """What the state of a consultation follows from, with what its columns do not hold."""
    return facts_with(page, counts.conclusions, has_questions=counts.questions.get(page.key, 0) > 0)


def facts_with(page: PublicPage, conclusions: Mapping[UUID, datetime], *, has_questions: bool) -> Facts:
    """The same where it is known already whether its questions are public."""
    at = conclusions.get(page.key)
    return facts_from(page.extra, conclusions_at=at, has_questions=has_questions)


def summary_of(page: PublicPage, counts: Numbers, now: datetime) -> Summary:
    """A consultation at a moment. No query."""
    return Summary(
        page,
        state_at(facts_of(page, counts), now),
        counts.segments.get(page.key, 0),
        counts.questions.get(page.key, 0),
        counts.interventions(page.key),
        page.key in counts.sessions,
        page.key in counts.conclusions,
    )


def summaries(language: str) -> list[Summary]:
    """Every public consultation with its state and what stands below it. Three queries."""
    counts, now = numbers(), timezone.now()
    return [summary_of(page, counts, now) for page in consultations(language)]


@counted_once
def numbers() -> Numbers:
    """What stands below each public page and how many interventions; alike in all languages."""
    branches = public_branches([SEGMENT, QUESTION], DEFAULT)
    below: dict[UUID, list[UUID]] = defaultdict(list)
    for question in branches[QUESTION]:
        for key in (*question.ancestors, question.key):
            below[key].append(question.key)
    records = records_by_question(question.key for question in branches[QUESTION])
    about, wholes = records_by_whole(), _wholes_by_page(branches[SEGMENT])
    return Numbers(
        segments=Counter(segment.ancestors[-1] for segment in branches[SEGMENT] if segment.ancestors),
        questions={key: len(keys) for key, keys in below.items()},
        recommendations=_recommendations(),
        by_type={
            key: _by_type([records.get(each, {}) for each in below.get(key, ())] + _about(key, wholes, about))
            for key in {*below, *wholes, *filter(None, map(page_key, about))}
        },
        by_whole={code: _by_type([rows]) for code, rows in about.items()},
        by_mark=_by_mark(records),
        conclusions=published_conclusions(),
        sessions=numbers_of_sessions(),
        continues=_earlier_segments(),
        leads=leads_by_segment(),
    )


@counted_once
def consultations_by_target() -> dict[str, UUID]:
    """By key of each public question, and by the code of each segment and consultation as a whole, the key of
    its consultation. Four queries."""
    pages = public_branches([CONSULTATION, SEGMENT, QUESTION], DEFAULT)
    placed = {whole_code(WholeKind.CONSULTATION, row.key): row.key for row in pages[CONSULTATION]}
    for row in pages[SEGMENT]:
        placed[whole_code(WholeKind.SEGMENT, row.key)] = row.ancestors[CONSULTATION_AT]
    asked = (row for row in pages[QUESTION] if row.ancestors[CONSULTATION_AT:])
    return placed | {str(row.key): row.ancestors[CONSULTATION_AT] for row in asked}


def published_conclusions() -> dict[UUID, datetime]:
    """When conclusions were published, by consultation, as the apps above tell (`published_conclusions`)."""
    return {key: at for told in declared("published_conclusions") for key, at in told().items()}


def open_now(rows: Iterable[Summary]) -> Summary | None:
    """The open consultation that closes first."""
    opened = [row for row in rows if row.is_open]
    far = timezone.now().max.replace(tzinfo=timezone.get_default_timezone())
    return min(opened, key=lambda row: row.closes or far, default=None)


def parts_below(branches: Collection[str], language: str, counts: Numbers, *, grouped_by: str) -> list[Part]:
    """What stands below a page: its segments or areas, each with its questions. Three queries."""
    children = public_branches([grouped_by, QUESTION], language, within=branches)
    below: dict[UUID, list[PublicPage]] = defaultdict(list)
    for question in children[QUESTION]:
        for key in question.ancestors:
            below[key].append(question)
    return [
        Part(
            page=page,
            interventions=counts.interventions(page.key),
            questions=len(below[page.key]),
            parts=[Part(question, counts.interventions(question.key)) for question in below[page.key]],
        )
        for page in children[grouped_by]
    ]


def questions_below(branches: Collection[str], language: str, counts: Numbers) -> list[Part]:
    """The questions below a page with the number of interventions on each. Two queries."""
    questions = public_branches([QUESTION], language, within=branches)[QUESTION]
    return [Part(question, counts.interventions(question.key)) for question in questions]


def records_by_question(keys: Iterable[UUID]) -> dict[UUID, dict[int, tuple[str, str]]]:
    """The published records that answer each question, by their row: kind and type. One query."""
    targets = {str(key): key for key in keys}
    rows = RecordLink.objects.filter(
        relation=Relation.ANSWERS, target__in=targets, record__state=RecordState.PUBLISHED
    ).order_by()
    records: dict[UUID, dict[int, tuple[str, str]]] = defaultdict(dict)
    for target, record, *what in rows.values_list("target", "record_id", "record__kind", "record__type_code"):
        records[targets[target]][record] = (what[0], what[1])
    return records


@counted_once
def numbers_by_whole() -> dict[str, dict[tuple[str, str], int]]:
    """How many are about each whole, by kind and type of organization. One query."""
    return {code: dict(_by_type([rows])) for code, rows in records_by_whole().items()}


def records_by_whole() -> dict[str, dict[int, tuple[str, str]]]:
    """The published records about a segment, consultation or plan as a whole, by its code. One query."""
    rows = RecordLink.objects.filter(relation=Relation.ABOUT, record__state=RecordState.PUBLISHED).order_by()
    records: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for code, record, *what in rows.values_list("target", "record_id", "record__kind", "record__type_code"):
        records[code][record] = (what[0], what[1])
    return dict(records)


def _wholes_by_page(segments: Iterable[PublicPage]) -> dict[UUID, list[str]]:
    """The codes of the segments at and below each page."""
    wholes: dict[UUID, list[str]] = defaultdict(list)
    for segment in segments:
        for key in (*segment.ancestors, segment.key):
            wholes[key].append(whole_code(WholeKind.SEGMENT, segment.key))
    return dict(wholes)


def _about(
    key: UUID, wholes: Mapping[UUID, Iterable[str]], about: Mapping[str, Mapping[int, tuple[str, str]]]
) -> list[Mapping[int, tuple[str, str]]]:
    codes = (*wholes.get(key, ()), whole_code(WholeKind.CONSULTATION, key))
    return [about[code] for code in codes if code in about]


def _earlier_segments() -> dict[UUID, UUID]:
    """By segment the one that it continues, as its oldest row says. One query."""
    rows = apps.get_model(SEGMENT)._default_manager.filter(continues__isnull=False).order_by("-pk")
    return dict(rows.values_list("translation_key", "continues__translation_key"))


def _recommendations() -> dict[UUID, int]:
    """How many of the conclusions of each consultation are public. One query."""
    rows = published(RecordKind.RECOMMENDATION).order_by().values_list("facts__consultation")
    return {UUID(key): number for key, number in rows.annotate(number=Count("pk")) if key}


def _by_mark(records: Mapping[UUID, Mapping[int, tuple[str, str]]]) -> dict[UUID, Counter[str]]:
    """How many of the contributions on each question bear each mark. One query."""
    rows = RecordLink.objects.filter(relation=Relation.MARKED, record__state=RecordState.PUBLISHED)
    marks: dict[int, list[str]] = defaultdict(list)
    for record, code in rows.order_by().values_list("record_id", "target"):
        marks[record].append(code)
    kinds = contributed_kinds()
    return {
        key: Counter(code for pk, (kind, _type) in about.items() if kind in kinds for code in marks[pk])
        for key, about in records.items()
    }


def _by_type(records: Iterable[Mapping[int, tuple[str, str]]]) -> Counter[tuple[str, str]]:
    """Records by their row, each counted once."""
    together: dict[int, tuple[str, str]] = {}
    for rows in records:
        together |= rows
    return Counter(together.values())
