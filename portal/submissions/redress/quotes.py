"""What others have taken word for word from a text loses what is left out of it since."""

import re
from collections.abc import Iterable, Sequence

from portal.common.ids import parse_public_id
from portal.publication.models import Record
from portal.submissions.marking import LeftOut, left_out_of, replaced
from portal.submissions.places import spans_of

# A shorter piece at the edge of a quote is looked for in what is public only.
LEAST = 4


def left_out_of_number(number: str) -> list[LeftOut]:
    """The same by public number; none for no number."""
    parsed = parse_public_id(number)
    record = Record.objects.filter(pk=parsed[1]).first() if parsed else None
    return left_out_of(record.kind, record.source_key) if record else []


def without_words(quote: str, left: Sequence[LeftOut], public: str) -> str:
    """The quote with marks, as the `public` text has them; as it is where it still stands there."""
    if _stands(quote, public):
        return quote
    for each in left:
        quote = _without(quote, each, public)
    return quote


def _without(quote: str, each: LeftOut, public: str) -> str:
    if _stands(quote, each.words):
        return each.mark
    quote = replaced(quote, [each])
    return _without_beginning(_without_end(quote, each, public), each, public)


def _without_end(quote: str, each: LeftOut, public: str) -> str:
    """Where the quote ends within the words; the longest piece first."""
    said, words = _spaced(quote), _spaced(each.words)
    pieces = (words[:length] for length in range(len(words) - 1, 0, -1))
    kept = (
        quote[: match.start()] + each.mark
        for piece in pieces
        if said.endswith(piece) and (match := re.search(f"{_pattern(piece)}$", quote))
    )
    return _likeliest(quote, kept, each, public)


def _without_beginning(quote: str, each: LeftOut, public: str) -> str:
    said, words = _spaced(quote), _spaced(each.words)
    pieces = (words[-length:] for length in range(len(words) - 1, 0, -1))
    kept = (
        each.mark + quote[match.end() :]
        for piece in pieces
        if said.startswith(piece) and (match := re.match(_pattern(piece), quote))
    )
    return _likeliest(quote, kept, each, public)


def _pattern(piece: str) -> str:
    return r"\s+".join(re.escape(part) for part in piece.split(" "))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _likeliest(quote: str, kept: Iterable[str], each: LeftOut, public: str) -> str:
    """What stands in public, else with the longest piece left out that is no chance."""
    some = list(kept)
    if stands := next((one for one in some if _stands(one, public)), None):
        return stands
    long = [one for one in some if len(quote) - len(one) + len(each.mark) >= LEAST]
    return long[0] if long else quote


def _stands(words: str, text: str) -> bool:
    return bool(spans_of(words, text))
