"""Where a mined proposal was found: the texts are read when they are shown, and only while they are public.

A proposal keeps references. `settings.GLOSSARY_EVIDENCE` names the function that reads them, because pages
and records stand above the vocabularies.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from portal.taxonomy.content import content_of
from portal.taxonomy.models import GlossaryProposal

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


# References, the terms in each language, the reader's language.
Reader = Callable[[Sequence[Reference], Mapping[str, tuple[str, ...]], str], list[Example]]


def examples(proposal: GlossaryProposal, language: str) -> list[Example]:
    """The examples that are still public."""
    if not proposal.evidence:
        return []
    terms = content_of(proposal.content).terms
    return _reader(settings.GLOSSARY_EVIDENCE)(proposal.evidence, terms, language)


@lru_cache
def _reader(name: str) -> Reader:
    found: Reader = import_string(name)
    return found
