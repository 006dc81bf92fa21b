"""Reads of the glossary's editors: concepts as they list and compare them, and the proposals about them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from portal.common.folding import folded
from portal.taxonomy.content import Content, content_of, tidied
from portal.taxonomy.enums import ProposalKind, ProposalOrigin, ProposalState
from portal.taxonomy.models import Concept, GlossaryProposal, Term
from portal.taxonomy.queries import Entry


@dataclass(frozen=True, slots=True)
class Homonym:
    """A term that another concept has in the same language."""

    language: str
    text: str
    concept_pk: int
    concept_key: str


def matching(rows: Collection[Entry], words: str) -> list[Entry]:
    """The entries with every word in their key, terms or notes, without regard to accents and case."""
    wanted = folded(words).split()
    return [row for row in rows if all(word in _haystack(row.content) for word in wanted)]


def concept_content(concept: Concept) -> Content:
    """What one concept says now. Two queries."""
    terms: dict[str, list[str]] = defaultdict(list)
    for language, text in concept.terms.values_list("language", "text"):
        terms[language].append(text)
    keys = concept.broader_links.values_list("broader__key", flat=True)
    return tidied(concept.key, terms, concept.notes, keys)


def relatives(concept: Concept) -> tuple[list[Concept], list[Concept]]:
    """The broader and the narrower concepts, by key. Two queries."""
    above = Concept.objects.filter(narrower_links__concept=concept).order_by("key")
    below = Concept.objects.filter(broader_links__broader=concept).order_by("key")
    return list(above), list(below)


def homonyms(content: Content, *, besides: Collection[str] = ()) -> list[Homonym]:
    """Its terms that other concepts in force have in the same language. One query.

    `besides` are keys of concepts that do not count.
    """
    wanted = {code: {folded(text) for text in texts if text} for code, texts in content.terms.items()}
    rows = Term.objects.filter(concept__removed_at__isnull=True).exclude(
        concept__key__in={content.key, *besides}
    )
    values = rows.order_by("concept__key", "pk").values_list("language", "text", "concept_id", "concept__key")
    return [
        Homonym(code, text, pk, key) for code, text, pk, key in values if folded(text) in wanted.get(code, ())
    ]


def waiting(origin: str = "") -> QuerySet[GlossaryProposal]:
    """What waits for a decision: of people the oldest first, of the mined the most certain first."""
    rows = GlossaryProposal.objects.filter(state=ProposalState.WAITING).select_related(
        "concept", "proposed_by"
    )
    if origin:
        rows = rows.filter(origin=origin)
    return rows.order_by(F("score").desc(nulls_first=True), "pk")


def numbers_waiting() -> dict[str, int]:
    """By origin. One query."""
    rows = GlossaryProposal.objects.filter(state=ProposalState.WAITING).values_list("origin")
    return dict(rows.annotate(number=Count("pk")).order_by())


def waiting_about(concept: Concept) -> QuerySet[GlossaryProposal]:
    return waiting().filter(concept=concept)


def history(concept: Concept) -> QuerySet[GlossaryProposal]:
    """Every proposal about a concept that was decided, newest first."""
    rows = concept.proposals.exclude(state=ProposalState.WAITING)
    return rows.select_related("proposed_by", "decided_by").order_by("-decided_at", "-pk")


def proposal(pk: int) -> GlossaryProposal:
    """Raises `GlossaryProposal.DoesNotExist`."""
    return GlossaryProposal.objects.select_related("concept", "proposed_by", "decided_by").get(pk=pk)


def is_stale(proposal: GlossaryProposal) -> bool:
    """Whether the concept has changed since this was proposed. A query for a new concept."""
    if proposal.concept is None:
        key = content_of(proposal.content).key
        return Concept.objects.filter(key=key, removed_at__isnull=True).exists()
    return proposal.concept.revision != proposal.base_revision


def in_force(key: str) -> Concept | None:
    return Concept.objects.filter(key=key, removed_at__isnull=True).first()


def mined_contents() -> list[Content]:
    """Of every mined proposal there has been, whatever became of it. One query."""
    rows = GlossaryProposal.objects.filter(origin=ProposalOrigin.MINED).order_by("pk")
    return [content_of(value) for value in rows.values_list("content", flat=True)]


def waiting_mined() -> QuerySet[GlossaryProposal]:
    return waiting(ProposalOrigin.MINED)


def same_waiting(kind: ProposalKind, content: Content) -> bool:
    """Whether the very same is proposed already."""
    rows = GlossaryProposal.objects.filter(state=ProposalState.WAITING, kind=kind)
    return rows.filter(content=content.as_json()).exists()


def _haystack(content: Content) -> str:
    parts: list[str] = [content.key, *content.notes.values()]
    parts += [text for texts in content.terms.values() for text in texts]
    return folded(" ".join(parts))


def before_of(proposal: GlossaryProposal) -> Content | None:
    return content_of(proposal.before) if proposal.before else None


def labels(keys: Collection[str], language: str) -> Mapping[str, str]:
    """Preferred terms in one language by key. One query."""
    rows = Term.objects.filter(concept__key__in=keys, language=language, preferred=True)
    return dict(rows.order_by().values_list("concept__key", "text"))
