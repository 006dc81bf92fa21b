"""An engine that refuses a part of its calls, before or after it has done what was asked."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from search.engines.base import (
    Deletion,
    Engine,
    EngineUnavailable,
    Health,
    SearchRequest,
    SearchResults,
    Stored,
    Suggestion,
    Writer,
)
from search.engines.documents import IndexDocument

Given = TypeVar("Given")


class Refusals:
    """Refuses `share` of the calls; half of those are carried out all the same, only the answer is lost."""

    def __init__(self, share: float, seed: int, tell: Callable[[bool], None] = lambda refused: None) -> None:
        self._share, self._random, self._tell = share, random.Random(seed), tell
        self.calls = self.refused = 0

    def __call__(self, call: Callable[[], Given]) -> Given:
        refuses, does_it = self._random.random() < self._share, self._random.random() < 0.5
        self.calls, self.refused = self.calls + 1, self.refused + refuses
        self._tell(refuses)
        if not refuses:
            return call()
        if does_it:
            call()
        raise EngineUnavailable("refused")


class RefusingEngine:
    """The real engine behind refusals; every other attribute is the engine's own."""

    def __init__(self, engine: Engine, refusals: Refusals) -> None:
        self._engine, self._refusals = engine, refusals

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    @property
    def name(self) -> str:
        return self._engine.name

    def search(self, request: SearchRequest) -> SearchResults:
        return self._refusals(lambda: self._engine.search(request))

    def suggest(self, text: str, **options: Any) -> tuple[Suggestion, ...]:
        return self._refusals(lambda: self._engine.suggest(text, **options))

    def similar(self, word: str, *, limit: int = 5) -> tuple[str, ...]:
        return self._refusals(lambda: self._engine.similar(word, limit=limit))

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return self._refusals(self._engine.inventory)

    def generation(self) -> str | None:
        return self._refusals(self._engine.generation)

    def generations(self) -> tuple[str, ...]:
        return self._refusals(self._engine.generations)

    def new_generation(self) -> str:
        return self._refusals(self._engine.new_generation)

    def swap(self, generation: str) -> None:
        self._refusals(lambda: self._engine.swap(generation))

    def drop(self, generation: str) -> None:
        self._refusals(lambda: self._engine.drop(generation))

    @contextmanager
    def writer(self, generation: str | None = None) -> Iterator["RefusingWriter"]:
        self._refusals(lambda: None)
        with self._engine.writer(generation) as writer:
            yield RefusingWriter(writer, self._refusals)

    def health(self) -> Health:
        return self._engine.health()


class RefusingWriter:
    def __init__(self, writer: Writer, refusals: Refusals) -> None:
        self._writer, self._refusals = writer, refusals
        self.generation = writer.generation

    def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
        return self._refusals(lambda: self._writer.index(documents))

    def delete(self, deletions: Sequence[Deletion]) -> None:
        self._refusals(lambda: self._writer.delete(deletions))

    def refresh(self, version: int = 0) -> None:
        self._refusals(lambda: self._writer.refresh(version))

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return self._refusals(self._writer.inventory)
