"""The searches that are compared: the portal's own, and the same engine with stock analysis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import tantivy
from django.core.management import call_command

from search.engines import documents
from search.results import highlighting
from search.text import analysis

NAMES = {"es": "spanish", "en": "english", "pt": "portuguese", "fr": "french"}


@dataclass(frozen=True, slots=True)
class System:
    """One way to search. `stock`: Snowball stemmers and stop words in place of the portal's analyser."""

    name: str
    glossary_cache: bool
    stock: bool = False

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Index everything with this system's analysis and search with it."""
        own = analysis.term
        if self.stock:
            analysis.term = _stock_term
        _forget()
        call_command("rebuild_index", verbosity=0)
        try:
            yield
        finally:
            analysis.term = own
            _forget()


ALL = (
    System("portal: own analyser and glossary", glossary=True),
    System("own analyser, no glossary", glossary=False),
    System("stock analysis, no glossary", glossary=False, stock=True),
)


@lru_cache(maxsize=8)
def _analyser(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    name = NAMES.get(language)
    if name:
        builder = builder.filter(tantivy.Filter.stopword(name)).filter(tantivy.Filter.stemmer(name))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


@lru_cache(maxsize=65_536)
def _stock_term(word: str, language: str) -> str:
    return "".join(_analyser(language).analyze(word))


def _forget() -> None:
    """Drop every term and every glossary that was made with the other analysis."""
    for module in (analysis, documents, highlighting):
        for value in vars(module).values():
            if hasattr(value, "cache_clear") and not isinstance(value, type):
                value.cache_clear()
    from search.results import glossary_cache

    glossary_cache._kept.glossary = None
