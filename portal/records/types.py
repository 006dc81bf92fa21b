"""The one declaration of a kind of record: what its list, page, trace, exports, feed, API and search need.

Each app declares its own in `records.py` and names it in `record_types()` of its `AppConfig`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from portal.common.declarations import declared
from portal.common.formatting import day
from portal.common.passages import Passage
from portal.publication.kinds import MARKS, LedgerKind, kind_of_letter, ledger_kind, ledger_kinds
from portal.publication.models import Record
from portal.publication.queries import Reading, by_name, published
from portal.records.filters import RecordFilters, with_declared
from portal.records.stages import Stage
from portal.records.trace_links import LinksByStage
from portal.tables.codebook import Columns

Phrase = str | Promise
NEWEST_FIRST = ("-published_at", "-pk")


@dataclass(frozen=True, slots=True)
class Badge:
    """A short state in words; tones: brand, good, warn, bad."""

    text: Any
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record on its page, for the functions of its type. `type_names` are those of organizations."""

    record: Record
    reading: Reading
    language: str
    now: datetime
    type_names: Mapping[str, str]
    trace: LinksByStage


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a record's page below its texts: a template, and the inputs it lists on top as `block`.

    One that `is_first` stands before all others, of whichever app.
    """

    template: str
    context: Callable[[Shown], dict[str, Any]]
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """How an organization's page calls what it published of a kind; `every` takes `%(number)s`.

    Where `nothing` is empty, the page passes over the kind until there is something.
    """

    title: Phrase
    nothing: Phrase
    every: Phrase


@dataclass(frozen=True, kw_only=True)
class RecordType(LedgerKind):
    """A kind of record with everything that public rooms say of it; what is left out is shown by nobody.

    `section`: how organizations' pages show it. `headings` stand over texts after the first, those `drawn`
    stand in its blocks instead. `found_by` are facts that people search by, `facets` the values of search
    facets that only this kind has. `called` is what one record is called where that is not the label,
    `caveat` what readers must know of it wherever it is named, from its facts (empty for nothing). `listed`
    is what its list says of one beside its author, in the names of its filters; `in_list` takes from the rows
    those that want to stand in none. `apart` says how many rows of its list are to be told from the others,
    in one query, beside their number. Its list has the newest first where it is not `is_by_name`. `rows` are
    facts for a summary table; they list what stands at the stage `rows_tell`. One that `gathers` has a page
    of what it published instead of a text and a trace; the country of what is said `of_another` is not its
    author's; one that stands `beside` another thing, by kind and key, shows the trace of that. Of an empty
    stage that is `silent` its page does not say that there is nothing yet. The API and exports tell the
    stored facts but those `kept` and, over them, `facts_now`; exports also tell the texts in `exported` in
    full, and `columns` says what theirs mean. `detail` is what the API adds to one record for a reader's
    language, `passages` what search reads of it beside its texts, and by `words` one is searched, too.
    """

    label: Phrase
    plural: Phrase
    lead: Phrase
    nothing: Phrase
    counted: Callable[[int], str]
    apart: Callable[[QuerySet[Record] | None, int], str] | None = None
    filters: type[RecordFilters]
    stage: Stage | None = None
    section: Section | None = None
    is_by_name: bool = False
    headings: Mapping[str, Phrase] = field(default_factory=dict)
    drawn: frozenset[str] = frozenset()
    found_by: tuple[str, ...] = ()
    words: Callable[[Record], str] = lambda record: ""
    facets: Callable[[Record], Mapping[str, tuple[str, ...]]] = lambda record: {}
    badges: Callable[[Record, datetime], tuple[Badge, ...]] = lambda record, now: ()
    listed: Callable[[Record, RecordFilters], tuple[str, ...]] = lambda record, filters: ()
    in_list: Callable[[QuerySet[Record]], QuerySet[Record]] = lambda rows: rows
    crumbs: Callable[[Record], list[dict[str, Any]]] = lambda record: []
    called: Callable[[Record], Phrase] | None = None
    caveat: Callable[[Mapping[str, Any]], str] = lambda facts: ""
    eyebrow: Callable[[Record], list[str]] | None = None
    rows: Callable[[Shown], list[dict[str, Any]]] = lambda shown: []
    rows_tell: Stage | None = None
    silent: Callable[[Record], Collection[Stage]] = lambda record: ()
    blocks: tuple[Block, ...] = ()
    kept: frozenset[str] = frozenset()
    exported: tuple[str, ...] = ()
    columns: Columns = ()
    facts_now: Callable[[Record, datetime], dict[str, Any]] = lambda record, now: {}
    detail: Callable[[Record, str], dict[str, Any]] = lambda record, language: {}
    passages: Callable[[Record, str], Iterable[Passage]] = lambda record, language: ()
    gathers: bool = False
    of_another: bool = False
    beside: Callable[[Record], tuple[str, str]] | None = None
    template: str = "records/record.html"

    def facts_of(self, record: Record, now: datetime) -> dict[str, Any]:
        """What the API and exports tell of a record beside what all kinds have."""
        stored = {name: value for name, value in record.facts.items() if name not in self.kept}
        marks = {MARKS: self.marks_of(record)} if self.is_marked else {}
        return stored | self.facts_now(record, now) | marks

    def marks_of(self, record: Record) -> list[str]:
        """Codes of the record's cross-cutting marks."""
        return str(record.facts.get(MARKS, "")).split()

    def in_order(self, rows: QuerySet[Record], language: str) -> QuerySet[Record]:
        """Rows as its list shows them to a reader."""
        return by_name(rows, language) if self.is_by_name else rows.order_by(*NEWEST_FIRST)

    @cached_property
    def all_filters(self) -> type[RecordFilters]:
        """`filters`, and those that apps above declare for the kind."""
        return with_declared(self.kind, self.filters)

    def list_rows(self) -> QuerySet[Record]:
        """What its list, files, feed and API hold before any filter."""
        return self.in_list(published(self.kind))

    def counted_rows(self, rows: QuerySet[Record] | None, total: int) -> str:
        """How many rows its list holds, with its noun; without `rows` it is the whole list."""
        return self.apart(rows, total) if self.apart else self.counted(total) % {"number": total}

    def address(self, language: str) -> str:
        """The list in a reader's language."""
        return f"/{language}/{self.path}/"

    def called_for(self, record: Record) -> Phrase:
        """What this one is called, such as "Good practice"."""
        return self.called(record) if self.called else self.label

    def eyebrow_of(self, record: Record, corrected: datetime | None = None) -> list[str]:
        """What stands above the title: what it is, its number, the day, the version and since when it stands.

        Not `updated_at`: a translation or what came of it leaves the version as it is.
        """
        if self.eyebrow is not None:
            return self.eyebrow(record)
        parts = [f"{self.called_for(record)} {record.public_id}", day(record.published_at)]
        if record.version > 1 and corrected:
            said = {"number": record.version, "date": day(corrected)}
            parts.append(_("version %(number)s of %(date)s") % said)
        return parts


def blocks_of(declared_type: RecordType) -> tuple[Block, ...]:
    """Its own blocks, after those that apps above declare for it as `record_blocks` of their AppConfig."""
    added = (block for kind, block in declared("record_blocks") if kind == declared_type.kind)
    return tuple(sorted((*added, *declared_type.blocks), key=lambda block: not block.is_first))


def outcomes_of(kind: str, keys: Collection[UUID]) -> dict[UUID, Badge]:
    """What apps above say became of records of a kind, by their keys: declared as `record_outcomes`."""
    told = (function(keys) for of, function in declared("record_outcomes") if of == kind)
    return {key: badge for each in told for key, badge in each.items()}


def lists_beside(declared_type: RecordType, language: str) -> list[dict[str, Any]]:
    """Where a list leads: the other kinds of its stage, and what apps above declare as `lists_beside`."""
    stage = declared_type.stage
    others = (other for other in (types_at(stage) if stage else ()) if other.kind != declared_type.kind)
    rows = [{"label": other.plural, "url": other.address(language)} for other in others]
    added = ((label, path) for kind, label, path in declared("lists_beside") if kind == declared_type.kind)
    return [*rows, *({"label": label, "url": f"/{language}/{path}/"} for label, path in added)]


def list_panels(declared_type: RecordType, language: str) -> list[dict[str, Any]]:
    """What apps above put beside a list as `list_panels`: `title` and `rows` of `components/rows.html`."""
    panels = (panel(language) for kind, panel in declared("list_panels") if kind == declared_type.kind)
    return [panel for panel in panels if panel["rows"]]


def record_types() -> tuple[RecordType, ...]:
    """Every kind, that of the lowest app first."""
    return cast("tuple[RecordType, ...]", ledger_kinds())


def record_type(kind: str) -> RecordType:
    """Raises `LookupError` for a kind that no app declares."""
    return cast("RecordType", ledger_kind(kind))


def type_of_letter(letter: str) -> RecordType | None:
    return cast("RecordType | None", kind_of_letter(letter))


def types_at(stage: Stage) -> tuple[RecordType, ...]:
    """The kinds whose records stand at a stage of the trace."""
    return tuple(known for known in record_types() if known.stage == stage)
