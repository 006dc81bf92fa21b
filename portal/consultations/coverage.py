"""Who has spoken on which guiding question, from the public ledger; its page and the read API call it.

An intervention counts under the type of the organization that wrote it, never under that of a signatory.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from portal.cms.queries import PageType, PublicPage, public_branches
from portal.consultations.page_queries import CONSULTATION, QUESTION, SEGMENT, SEGMENT_AT, numbers
from portal.consultations.question_interventions import REFUGEE_LED
from portal.consultations.wholes import page_link, plan_link
from portal.plan.queries import in_force
from portal.publication.wholes import WholeKind
from portal.records.trace_links import TraceLink
from portal.taxonomy.queries import Mark, marks, organization_type_names


@dataclass(frozen=True, slots=True)
class CoveredQuestion:
    """A guiding question with the number of contributions on it by type and by mark, 0 where none."""

    page: PublicPage
    segment: PublicPage | None
    by_type: Mapping[str, int]
    by_mark: Mapping[str, int]

    @property
    def interventions(self) -> int:
        return sum(self.by_type.values())

    @property
    def has_refugee_led(self) -> bool:
        return self.by_type.get(REFUGEE_LED, 0) > 0


@dataclass(frozen=True, slots=True)
class CoveredWhole:
    """A segment, consultation or plan with the number of contributions about it as a whole by type."""

    link: TraceLink
    by_type: Mapping[str, int]

    @property
    def interventions(self) -> int:
        return sum(self.by_type.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    """`types` are codes of organization types with their names, `marks` cross-cutting marks by code, both in
    the order of the vocabularies. `wholes` are counted apart from the questions."""

    types: Mapping[str, str]
    marks: Mapping[str, Mark]
    questions: tuple[CoveredQuestion, ...]
    wholes: tuple[CoveredWhole, ...] = ()

    @property
    def marks_by_facet(self) -> dict[str, dict[str, str]]:
        """The names of the marks that any contribution bears, by code and facet."""
        told: dict[str, dict[str, str]] = {}
        for code, mark in self.marks.items():
            if any(row.by_mark[code] for row in self.questions):
                told.setdefault(mark.facet, {})[code] = mark.name
        return told

    @property
    def without_any(self) -> list[CoveredQuestion]:
        """Questions on which nobody has spoken."""
        return [row for row in self.questions if not row.interventions]

    @property
    def without_refugee_led(self) -> list[CoveredQuestion]:
        """Questions on which others have spoken, but nobody refugee-led."""
        return [row for row in self.questions if row.interventions and not row.has_refugee_led]

    @property
    def by_segment(self) -> Iterator[tuple[PublicPage | None, list[CoveredQuestion]]]:
        """The questions in the order of the site, those of a segment together."""
        for segment, rows in groupby(self.questions, key=lambda row: row.segment):
            yield segment, list(rows)


def coverage(language: str, consultation: UUID | None = None) -> Coverage:
    """The public questions of a consultation, or of all, and beside them what is contributed to as a whole.

    Seven queries while nothing public changes, eight over all consultations.
    """
    pages = public_branches([CONSULTATION, SEGMENT, QUESTION], language)
    segments, counts = {page.key: page for page in pages[SEGMENT]}, numbers()
    questions = [page for page in pages[QUESTION] if consultation is None or consultation in page.ancestors]
    said = {page.key: counts.interventions_by_type(page.key) for page in questions}
    types = organization_type_names(language)
    # The ledger keeps the code that an organization had; the vocabulary may have dropped it since.
    wholes = _wholes(pages, language, consultation)
    about = {link.id: counts.about_by_type(link.id) for link in wholes}
    rows = (*said.values(), *about.values())
    types |= {code: code or "–" for row in rows for code in sorted(row) if code not in types}
    marked, known = {page.key: counts.by_mark.get(page.key, {}) for page in questions}, marks(language)
    known |= {code: Mark(code, "", code) for row in marked.values() for code in row if code not in known}
    return Coverage(
        types,
        known,
        tuple(
            CoveredQuestion(
                page,
                segments.get(page.ancestors[SEGMENT_AT]) if len(page.ancestors) > SEGMENT_AT else None,
                {code: said[page.key].get(code, 0) for code in types},
                {code: marked[page.key].get(code, 0) for code in known},
            )
            for page in questions
        ),
        tuple(CoveredWhole(link, {code: about[link.id].get(code, 0) for code in types}) for link in wholes),
    )


def _wholes(
    pages: Mapping[PageType, list[PublicPage]], language: str, consultation: UUID | None
) -> list[TraceLink]:
    """A consultation and its segments; of all consultations also the plan in force."""
    rows = [(WholeKind.CONSULTATION, page) for page in pages[CONSULTATION]]
    rows += [(WholeKind.SEGMENT, page) for page in pages[SEGMENT]]
    links = [
        page_link(kind, page)
        for kind, page in rows
        if consultation is None or consultation in (page.key, *page.ancestors)
    ]
    plan = in_force() if consultation is None else None
    return [*links, plan_link(language)(plan)] if plan else links
