"""Where a mined proposal was found: the texts are read when they are shown, and only while they are public.

A proposal keeps references. Who can read them is asked by the signal `evidence_sought`, because pages and
records stand above the vocabularies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.taxonomy.content import content_of
from portal.taxonomy.models import GlossaryProposal
from portal.taxonomy.signals import evidence_sought

Reference = Mapping[str, Any]


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
    """The examples that are still public."""
    if not proposal.evidence:
        return []
    terms = content_of(proposal.content).terms
    # Receivers answer with anything, as far as types know.
    answers: Any = evidence_sought.send(
        sender=GlossaryProposal, references=proposal.evidence, terms=terms, language=language
    )
    return [example for _receiver, found in answers for example in found]
