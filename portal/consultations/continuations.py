"""Segments that continue one of an earlier consultation, both ways; pages, read API and trace ask here.

The edge stands on the later segment; its oldest row decides, as for the facts of a consultation.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.cms.queries import PublicPage, pages_by_key, public_branches
from portal.consultations.page_queries import CONSULTATION_AT, QUESTION, SEGMENT, SEGMENT_AT, numbers
from portal.records.trace_links import TraceLink, foreign, link_to

# By a later segment the earlier one.
Edges = Mapping[UUID, UUID]


@dataclass(frozen=True, slots=True)
class OtherSegment:
    """A public segment of another consultation, with the title of that and its language."""

    link: TraceLink
    consultation: str
    language: str

    def as_link(self, language: str) -> dict[str, str]:
        """On a page of `language`."""
        note = {"note": self.consultation, "note_lang": foreign(self.language, language)}
        return link_to(self.link, language) | note


@dataclass(frozen=True, slots=True)
class Continuations:
    """What a segment continues, and what continues it."""

    earlier: tuple[OtherSegment, ...] = ()
    later: tuple[OtherSegment, ...] = ()

    def as_links(self, language: str) -> dict[str, list[dict[str, str]]]:
        return {
            "earlier": [other.as_link(language) for other in self.earlier],
            "later": [other.as_link(language) for other in self.later],
        }


def around_segment(key: UUID, edges: Edges, language: str) -> Continuations:
    """Both ways from a segment. No query where nothing continues, else four."""
    before = [edges[key]] if key in edges else []
    after = [later for later, earlier in edges.items() if earlier == key]
    if not before and not after:
        return Continuations()
    others = _others({*before, *after}, language)
    return Continuations(
        tuple(others[each] for each in before if each in others),
        tuple(others[each] for each in after if each in others),
    )


def around_question(key: UUID, edges: Edges, language: str) -> Continuations:
    """Those of the segment of a public question. No query where no segment continues another."""
    pages = public_branches([QUESTION], language, keys=[key])[QUESTION] if edges else []
    segment = next((page.ancestors[SEGMENT_AT] for page in pages), None)
    return around_segment(segment, edges, language) if segment else Continuations()


def linked_segments(question: UUID, language: str) -> tuple[list[TraceLink], list[TraceLink]]:
    """For the trace of a guiding question: what its segment continues, and what continues that."""
    told = around_question(question, numbers().continues, language)
    return [other.link for other in told.earlier], [other.link for other in told.later]


def _others(keys: Collection[UUID], language: str) -> dict[UUID, OtherSegment]:
    segments = public_branches([SEGMENT], language, keys=keys)[SEGMENT]
    titles = pages_by_key({page.ancestors[CONSULTATION_AT] for page in segments}, language)
    return {page.key: _other(page, titles[page.ancestors[CONSULTATION_AT]]) for page in segments}


def _other(segment: PublicPage, consultation: PublicPage) -> OtherSegment:
    link = TraceLink(
        str(segment.key), "segment", segment.title, segment.url, segment.language, consultation.title
    )
    return OtherSegment(link, consultation.title, consultation.language)
