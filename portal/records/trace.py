"""What hangs together with a public thing, up towards the questions and down towards the reviews, by name."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Case, F, FilteredRelation, Q, When
from django.http import Http404

from portal.cms.pages import PortalPage
from portal.cms.queries import pages_by_key
from portal.common.declarations import declared
from portal.common.ids import public_id as number_of
from portal.publication.authors import withheld_words
from portal.publication.enums import RecordState
from portal.publication.figures import counted_once
from portal.publication.kinds import ACTION, QUESTION, WHOLE, WITHHELD
from portal.publication.models import Record
from portal.publication.queries import record_by_public_id, titled
from portal.publication.wholes import kind_of, page_keys
from portal.records.stages import Stage
from portal.records.trace_edges import Node, Visited, named_by, read, trace_down, trace_up
from portal.records.trace_links import Links, LinksByStage, TraceLink
from portal.records.trace_targets import trace_target
from portal.records.types import NEWEST_FIRST, record_type, record_types

# Declared as `continued_questions`: what the segment of a guiding question continues, and what continues it.
Continued = Callable[[UUID, str], tuple[list[TraceLink], list[TraceLink]]]
# What may come of a thing without end; a page names the newest of these stages.
ENDLESS, NEWEST = frozenset({Stage.PLEDGE, Stage.REPORT, Stage.REVIEW}), 20


@dataclass(frozen=True, slots=True)
class Trace:
    """One public thing and what hangs together with it, by stage.

    Of a guiding question also what its segment continues of an earlier consultation, and what continues that.
    """

    subject: TraceLink
    stages: LinksByStage
    continues: tuple[TraceLink, ...] = ()
    continued_in: tuple[TraceLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a page names, by row or key; `numbers` of each stage also count what it does not name.

    `direct` are the rows that name the thing of the page or are named by it.
    """

    rows: tuple[int, ...]
    questions: tuple[str, ...]
    actions: tuple[str, ...]
    wholes: tuple[str, ...]
    numbers: Mapping[Stage, int]
    direct: frozenset[int]


def trace(public_id: str, language: str) -> Trace:
    """From a record's number, a guiding question's translation key, an action's key or the code of a whole.

    Raises `Http404` for what is not public, `Gone` for what was withdrawn.
    """
    if ":" in public_id:
        return _trace_of_code(public_id, language)
    try:
        key = UUID(public_id)
    except ValueError:
        record = record_by_public_id(public_id)
        return Trace(trace_link_of(record, language), trace_of_record(record, language))
    page = pages_by_key([key], language).get(key)
    if page is None or not _is_question(key):
        raise Http404(public_id)
    subject = TraceLink(str(key), Stage.QUESTION.value, page.title, page.url, page.language)
    around = [told(key, language) for told in declared("continued_questions")]
    return Trace(
        subject,
        trace_of_question(key, language),
        tuple(link for earlier, _later in around for link in earlier),
        tuple(link for _earlier, later in around for link in later),
    )


def _trace_of_code(code: str, language: str) -> Trace:
    """Of an action of a plan, or of what is contributed to as a whole."""
    target, told = (WHOLE, trace_of_whole) if kind_of(code) else (ACTION, trace_of_action)
    links = trace_target(target).links([code], language)
    if not links:
        raise Http404(code)
    return Trace(links[0], told(code, language))


def trace_of_record(record: Record, language: str) -> LinksByStage:
    """All through a published record, of an organization through all it has published, of what stands beside
    another thing through that.

    Uses prefetched links.
    """
    visited, kind = Visited(), record_type(record.kind)
    if kind.beside is not None:
        return _beside(*kind.beside(record), language)
    if kind.gathers:
        own = Q(organization=record, kind__in=[known.kind for known in record_types() if known.stage])
        visited.add_keys(read(own, visited, with_later=True))
        return _all_of(visited, language)
    here = (record.kind, str(record.source_key))
    visited.rows[record.pk] = here
    trace_up(named_by(record.kind, ((link.relation, link.target) for link in record.links.all())), visited)
    trace_down([here], visited)
    return _all_of(visited, language)


def _beside(kind: str, key: str, language: str) -> LinksByStage:
    """Nothing beside what is not public."""
    if kind == ACTION:
        return trace_of_action(key, language)
    record = Record.objects.filter(kind=kind, source_key=key, state=RecordState.PUBLISHED).first()
    return trace_of_record(record, language) if record else _all_of(Visited(), language)


def trace_of_question(key: UUID, language: str) -> LinksByStage:
    """Through a guiding question: what answers it and what came of that."""
    visited = Visited(questions={str(key): None})
    trace_down([(QUESTION, str(key))], visited)
    return _all_of(visited, language)


def trace_of_whole(code: str, language: str) -> LinksByStage:
    """Through a segment, a consultation or a plan as a whole: what is about it and what came of that."""
    visited = Visited(wholes={code: None})
    trace_down([(WHOLE, code)], visited)
    return _all_of(visited, language)


def trace_of_action(key: str, language: str) -> LinksByStage:
    """Through an action of a plan: the recommendations behind it, what carries it out and is reported."""
    visited = Visited(actions={key: None})
    trace_up([(ACTION, key)], visited)
    trace_down([(ACTION, key)], visited)
    return _all_of(visited, language)


def shown_around(kind: str, key: str, language: str) -> LinksByStage:
    """Around a published record or an action, as a page shows it. Five queries at most, however much it is.

    The newest of what is `ENDLESS`; what hangs together is gone through once for each state of the public.
    """
    around = _around(kind, key)
    return _by_stage(around, language)


@counted_once
def _around(kind: str, key: str) -> Around:
    visited = Visited()
    here = [(kind, key)]
    named = here if kind == ACTION else read(Q(kind=kind, source_key=key), visited)
    trace_up(named, visited)
    trace_down(here, visited)
    above = set(named)
    return _newest(visited, visited.direct | {pk for pk, node in visited.rows.items() if node in above})


def _newest(visited: Visited, direct: set[int]) -> Around:
    """A query for each stage that has more than a page names; what is direct goes before the others."""
    stages: dict[Stage, list[int]] = {}
    for pk, (kind, _key) in visited.rows.items():
        if stage := record_type(kind).stage:
            stages.setdefault(stage, []).append(pk)
    rows: list[int] = []
    for stage, keys in stages.items():
        if stage in ENDLESS and len(keys) > NEWEST:
            is_derived = Case(When(pk__in=direct.intersection(keys), then=0), default=1)
            every = Record.objects.filter(pk__in=keys).order_by(is_derived, *NEWEST_FIRST)
            rows += every.values_list("pk", flat=True)[:NEWEST]
        else:
            rows += keys
    numbers = {stage: len(keys) for stage, keys in stages.items()}
    return _met(visited, rows, numbers, direct)


def _met(
    visited: Visited, rows: Collection[int], numbers: Mapping[Stage, int], direct: Collection[int] = ()
) -> Around:
    beside = (tuple(visited.questions), tuple(visited.actions), tuple(visited.wholes))
    return Around(tuple(rows), *beside, numbers, frozenset(direct))


def questions_of(record: Record) -> list[str]:
    """Keys of the pages that a record goes back to, its own first. Uses prefetched links.

    Guiding questions, and segments and consultations as a whole.
    """
    visited = Visited()
    trace_up(named_by(record.kind, ((link.relation, link.target) for link in record.links.all())), visited)
    return [*visited.questions, *map(str, page_keys(visited.wholes))]


def below(nodes: Collection[Node]) -> list[Node]:
    """The public records that go back to any of the records, questions or actions."""
    visited = Visited()
    trace_down(nodes, visited)
    return list(visited.rows.values())


def trace_link_of(record: Record, language: str) -> TraceLink:
    title, spoken = titled(record, language)
    author = record.author_in(language)
    return TraceLink(record.public_id, record.kind, title, record.path(language), spoken, author)


def _all_of(visited: Visited, language: str) -> LinksByStage:
    return _by_stage(_met(visited, visited.rows, {}), language)


def _by_stage(around: Around, language: str) -> LinksByStage:
    """With titles and addresses. One query for the records, two for the pages, one for actions."""
    stages: dict[Stage, list[TraceLink]] = {stage: [] for stage in Stage}
    stages[Stage.QUESTION] = [
        TraceLink(str(page.key), Stage.QUESTION.value, page.title, page.url, page.language)
        for page in pages_by_key(around.questions, language).values()
    ]
    if around.wholes:
        stages[Stage.QUESTION] += trace_target(WHOLE).links(around.wholes, language)
    if around.actions:
        stages[Stage.PLAN_ACTION] = trace_target(ACTION).links(around.actions, language)
    for link in _trace_links(around.rows, language, around.direct):
        stage = record_type(link.kind).stage
        if stage is not None:
            stages[stage].append(link)
    return {stage: Links(links, around.numbers.get(stage)) for stage, links in stages.items()}


def _trace_links(keys: Collection[int], language: str, direct: Collection[int]) -> Iterable[TraceLink]:
    """Newest first, without their texts: a trace needs titles only."""
    if not keys:
        return
    into = FilteredRelation("translations", condition=Q(translations__language=language))
    rows = Record.objects.filter(pk__in=keys, state=RecordState.PUBLISHED).annotate(
        shown=into,
        shown_title=F("shown__title"),
        author_title=F("organization__title"),
        withheld=F(f"facts__{WITHHELD}"),
    )
    for row in rows.only("pk", "kind", "language", "title").order_by(*NEWEST_FIRST):
        is_translated = row.shown_title is not None and row.language != language
        yield TraceLink(
            number_of(record_type(row.kind).letter, row.pk),
            row.kind,
            row.shown_title if is_translated else row.title,
            row.path(language),
            language if is_translated else row.language,
            row.author_title or withheld_words({WITHHELD: row.withheld}, language),
            row.pk in direct,
        )


def _is_question(key: UUID) -> bool:
    models = [model for model in apps.get_models() if issubclass(model, PortalPage) and model.is_question]
    return any(model.objects.filter(translation_key=key).exists() for model in models)
