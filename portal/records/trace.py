"""Follows the declared edges between records, up towards the questions and down towards the reviews.

Each way takes one query for each step of the chain, however much hangs together; a trace never turns round,
so that it does not spread to what else hangs on a question. Only what is public is gone through.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from uuid import UUID

from django.apps import apps
from django.db.models import F, FilteredRelation, Q
from django.http import Http404

from portal.cms.pages import PortalPage
from portal.cms.queries import pages_by_key
from portal.common.declarations import declared
from portal.common.ids import public_id as number_of
from portal.publication.enums import RecordState
from portal.publication.kinds import ACTION, CODE, QUESTION, Edge
from portal.publication.models import Record, RecordLink
from portal.publication.queries import record_by_public_id, titled
from portal.records.stages import Stage
from portal.records.trace_links import LinksByStage, TraceLink
from portal.records.trace_targets import trace_target
from portal.records.types import RecordType, record_type, record_types

# What edges lead to: kind and key of a record, QUESTION and the key of a page, or ACTION and its key.
Node = tuple[str, str]
# Declared as `continued_questions`: what the segment of a guiding question continues, and what continues it.
Continued = Callable[[UUID, str], tuple[list[TraceLink], list[TraceLink]]]


@dataclass(slots=True)
class _Visited:
    """What a trace has met, each once and in order: records by row, guiding questions and actions by key."""

    rows: dict[int, Node] = field(default_factory=dict)
    questions: dict[str, None] = field(default_factory=dict)
    actions: dict[str, None] = field(default_factory=dict)

    def add_keys(self, nodes: Iterable[Node]) -> None:
        """Those of the nodes that are no records."""
        for kind, key in nodes:
            if kind == QUESTION:
                self.questions[key] = None
            elif kind == ACTION:
                self.actions[key] = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One public thing and what hangs together with it, by stage.

    Of a guiding question also what its segment continues of an earlier consultation, and what continues that.
    """

    subject: TraceLink
    stages: LinksByStage
    continues: tuple[TraceLink, ...] = ()
    continued_in: tuple[TraceLink, ...] = ()


def trace(public_id: str, language: str) -> Trace:
    """From a record's number, a guiding question's translation key or an action's key.

    Raises `Http404` for what is not public, `Gone` for what was withdrawn.
    """
    if ":" in public_id:
        links = trace_target(ACTION).links([public_id], language)
        if not links:
            raise Http404(public_id)
        return Trace(links[0], trace_of_action(public_id, language))
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


def trace_of_record(record: Record, language: str) -> LinksByStage:
    """Through a published record, of an organization through all it has published. Uses prefetched links."""
    visited = _Visited()
    if record_type(record.kind).stage is None:
        own = Q(organization=record, kind__in=[known.kind for known in record_types() if known.stage])
        visited.add_keys(_read(own, visited, with_later=True))
        return _by_stage(visited, language)
    here = (record.kind, str(record.source_key))
    visited.rows[record.pk] = here
    _trace_up(_targets(record.kind, ((link.relation, link.target) for link in record.links.all())), visited)
    _trace_down([here], visited)
    return _by_stage(visited, language)


def trace_of_question(key: UUID, language: str) -> LinksByStage:
    """Through a guiding question: what answers it and what came of that."""
    visited = _Visited(questions={str(key): None})
    _trace_down([(QUESTION, str(key))], visited)
    return _by_stage(visited, language)


def trace_of_action(key: str, language: str) -> LinksByStage:
    """Through an action of a plan: the recommendations behind it, what carries it out and is reported."""
    visited = _Visited(actions={key: None})
    _trace_up([(ACTION, key)], visited)
    _trace_down([(ACTION, key)], visited)
    return _by_stage(visited, language)


def questions_of(record: Record) -> list[str]:
    """Keys of the guiding questions a record goes back to, its own first. Uses prefetched links."""
    visited = _Visited()
    _trace_up(_targets(record.kind, ((link.relation, link.target) for link in record.links.all())), visited)
    return list(visited.questions)


def below(nodes: Collection[Node]) -> list[Node]:
    """The public records that go back to any of the records, questions or actions."""
    visited = _Visited()
    _trace_down(nodes, visited)
    return list(visited.rows.values())


def trace_link_of(record: Record, language: str) -> TraceLink:
    title, spoken = titled(record, language)
    author = record.organization.title if record.organization else ""
    return TraceLink(record.public_id, record.kind, title, record.path(language), spoken, author)


def _trace_up(nodes: Iterable[Node], visited: _Visited) -> None:
    """From what a record names to what that names, and from actions to what leads there. One query a step."""
    wanted = dict.fromkeys(nodes)
    while wanted:
        visited.add_keys(wanted)
        keys = _by_kind(wanted)
        keys.pop(QUESTION, None)
        asked = [_leading_to(keys.pop(ACTION))] if ACTION in keys else []
        asked += [Q(kind=kind, source_key__in=each) for kind, each in keys.items()]
        wanted = dict.fromkeys(_read(reduce(or_, asked), visited)) if asked else {}


def _leading_to(actions: Collection[str]) -> Q:
    """Records with a later link to any of the actions."""
    relations = {edge.relation for known in record_types() for edge in known.edges if edge.is_later}
    links = RecordLink.objects.filter(relation__in=relations, target__in=actions).order_by()
    return Q(pk__in=links.values("record"))


def _trace_down(nodes: Collection[Node], visited: _Visited) -> None:
    """From things to what names them, and to what came of them later.

    One query a step, the last one finds nothing.
    """
    wanted = list(nodes)
    while wanted:
        keys = _by_kind(wanted)
        asked = [
            each for known in record_types() for edge in known.edges if (each := _below(known, edge, keys))
        ]
        if not asked:
            return
        rows = RecordLink.objects.filter(reduce(or_, asked), record__state=RecordState.PUBLISHED).order_by()
        fresh: dict[Node, None] = {}
        for pk, kind, key, relation, target in rows.values_list(
            "record_id", "record__kind", "record__source_key", "relation", "target"
        ):
            if relation in record_type(kind).later:
                if target not in visited.actions:
                    fresh[ACTION, target] = None
            elif pk not in visited.rows:
                visited.rows[pk] = (kind, str(key))
                fresh[kind, str(key)] = None
        visited.add_keys(fresh)
        wanted = list(fresh)


def _below(known: RecordType, edge: Edge, keys: Mapping[str, list[str]]) -> Q | None:
    """The links of one declared edge that lead down from any of the keys; nothing where none can."""
    if edge.is_later:
        own = keys.get(known.kind) if edge.to == ACTION else None
        return Q(record__kind=known.kind, relation=edge.relation, record__source_key__in=own) if own else None
    named = keys.get(edge.to)
    return Q(record__kind=known.kind, relation=edge.relation, target__in=named) if named else None


def _by_kind(nodes: Iterable[Node]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for kind, key in nodes:
        keys.setdefault(kind, []).append(key)
    return keys


def _read(asked: Q, visited: _Visited, *, with_later: bool = False) -> list[Node]:
    """Takes in the published rows that are asked for; what they name. One query."""
    rows = Record.objects.filter(asked, state=RecordState.PUBLISHED).order_by("pk", "links__position")
    named: list[Node] = []
    for pk, kind, key, relation, target in rows.values_list(
        "pk", "kind", "source_key", "links__relation", "links__target"
    ):
        visited.rows[pk] = (kind, str(key))
        named += _targets(kind, [(relation, target)], with_later=with_later)
    return named


def _targets(kind: str, links: Iterable[tuple[str, str]], *, with_later: bool = False) -> list[Node]:
    """What links of a kind lead up to; a code is nothing to follow."""
    edges = {
        edge.relation: edge.to
        for edge in record_type(kind).edges
        if edge.to != CODE and (with_later or not edge.is_later)
    }
    return [(edges[relation], target) for relation, target in links if relation in edges]


def _by_stage(visited: _Visited, language: str) -> LinksByStage:
    """With titles and addresses. One query for the records, two for the pages, one for actions."""
    stages: dict[Stage, list[TraceLink]] = {stage: [] for stage in Stage}
    stages[Stage.QUESTION] = [
        TraceLink(str(page.key), Stage.QUESTION.value, page.title, page.url, page.language)
        for page in pages_by_key(list(visited.questions), language).values()
    ]
    if visited.actions:
        stages[Stage.PLAN_ACTION] = trace_target(ACTION).links(list(visited.actions), language)
    for link in _trace_links(visited.rows, language):
        stage = record_type(link.kind).stage
        if stage is not None:
            stages[stage].append(link)
    return {stage: tuple(links) for stage, links in stages.items()}


def _trace_links(keys: Collection[int], language: str) -> Iterable[TraceLink]:
    """Newest first, without their texts: a trace needs titles only."""
    if not keys:
        return
    into = FilteredRelation("translations", condition=Q(translations__language=language))
    rows = Record.objects.filter(pk__in=keys).annotate(
        shown=into, shown_title=F("shown__title"), author_title=F("organization__title")
    )
    for row in rows.only("pk", "kind", "language", "title").order_by("-published_at", "-pk"):
        is_translated = row.shown_title is not None and row.language != language
        yield TraceLink(
            number_of(record_type(row.kind).letter, row.pk),
            row.kind,
            row.shown_title if is_translated else row.title,
            row.path(language),
            language if is_translated else row.language,
            row.author_title or "",
        )


def _is_question(key: UUID) -> bool:
    models = [model for model in apps.get_models() if issubclass(model, PortalPage) and model.is_question]
    return any(model.objects.filter(translation_key=key).exists() for model in models)
