"""From what was ticked and typed beside a text to the exact places that it means. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.digests import digest_of
from portal.common.errors import Problem
from portal.common.ids import number_in
from portal.conclusions.desk.sentences import joined, sentences
from portal.conclusions.places import Place, nearest, places_of

Marked = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as a box to tick: its value names text and place."""

    value: str
    words: str


def boxes(texts: Mapping[str, str]) -> dict[str, list[Sentence]]:
    """The sentences of each text, by its field."""
    return {
        field: [
            Sentence(f"{field}:{place.start}-{place.end}", place.words_in(text)) for place in sentences(text)
        ]
        for field, text in texts.items()
    }


def seen_mark(texts: Mapping[str, str]) -> str:
    """Names the texts that a person has read; another one tells that they were corrected meanwhile."""
    return digest_of(dict(texts))[:16]


def ticked(values: Sequence[str], texts: Mapping[str, str]) -> list[Marked]:
    """Neighbouring sentences are one passage."""
    places: dict[str, list[Place]] = {}
    for value in values:
        field, _colon, span = value.rpartition(":")
        start, _dash, end = span.partition("-")
        first, last = number_in(start), number_in(end)
        if field in texts and first is not None and last is not None:
            places.setdefault(field, []).append(Place(first, last))
    return [(field, place) for field, rows in places.items() for place in joined(rows, texts[field])]


def written(words: str, texts: Mapping[str, str], at: str = "") -> Marked | Problem:
    """Where the words stand, whatever line breaks are between them; `at` (`body:12`) chooses of several."""
    places = [(field, place) for field, text in texts.items() for place in places_of(words, text)]
    if not places:
        return Problem("words", _("These words do not stand in the text. Copy them as they are."))
    field, _colon, start = at.rpartition(":")
    at_start = number_in(start)
    if len(places) > 1 and field in texts and at_start is not None:
        chosen = nearest(words, at_start, texts[field])
        if chosen is not None:
            return field, chosen
    if len(places) > 1:
        message = ngettext(
            "These words stand there %(number)d time. Write more of what is around them.",
            "These words stand there %(number)d times. Write more of what is around them.",
            len(places),
        )
        return Problem("words", message % {"number": len(places)})
    return places[0]
