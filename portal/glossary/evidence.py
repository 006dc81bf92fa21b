"""Where a mined proposal was found: the texts are read when they are shown, and only while they are public.

A proposal keeps references and no text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.glossary.aligned_texts import source_of
from portal.glossary.term_mining import grams_of
from portal.taxonomy.content import content_of
from portal.taxonomy.models import GlossaryProposal
from search.text import analysis

AROUND = 80


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text around a term."""

    language: str
    before: str
    term: str
    after: str


@dataclass(frozen=True, slots=True)
class Example:
    """A public text in several languages, with its address for a reader of one."""

    title: str
    language: str
    url: str
    excerpts: tuple[Excerpt, ...]


def examples(proposal: GlossaryProposal, language: str) -> list[Example]:
    """The texts a proposal refers to that are public now, cut to what stands around its terms."""
    terms = content_of(proposal.content).terms
    sources = (source_of(reference, language) for reference in proposal.evidence)
    return [
        Example(source.title, source.language, source.url, tuple(_excerpts(source.texts, terms)))
        for source in sources
        if source is not None
    ]


def _excerpts(texts: Mapping[str, str], terms: Mapping[str, tuple[str, ...]]) -> Iterator[Excerpt]:
    for language in analysis.LANGUAGES:
        text = texts.get(language, "")
        places = (_place(text, language, term) for term in terms.get(language, ()))
        if place := next(filter(None, places), None):
            yield _cut(text, language, *place)


def _place(text: str, language: str, term: str) -> tuple[int, int] | None:
    wanted, tokens = grams_of(term, language), analysis.tokens(text, language)
    for at in range(len(tokens) - len(wanted) + 1):
        run = tokens[at : at + len(wanted)]
        if run and tuple(token.term for token in run) == wanted:
            return run[0].start, run[-1].end
    return None


def _cut(text: str, language: str, start: int, end: int) -> Excerpt:
    """Whole words around the term."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if len(text) > end + AROUND:
        after = f"{after.rpartition(' ')[0]} …"
    return Excerpt(language, before, text[start:end], after)
