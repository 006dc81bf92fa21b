"""Joins lines that were broken to fit a page back into paragraphs. Used for plain text, Markdown and PDF."""

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010]$")
_ENDED = re.compile(r"[.?!:;…][\"'”’»)\]*_]*$")
_LOWER_START = re.compile(r"[\"'“‘«(\[]*[^\W\d_]")
SOFT_BREAK = "\u2010"
# First halves that keep their hyphen: "non-refoulement", "self-reliance", "socio-economic".
_PREFIXES = frozenset(
    """
    non self co socio inter multi well long short anti pre post ex sub refugee community south north east west
    high low decision follow government evidence state civil full part half auto vice pós pré recém além sócio
    não bem ante contra semi psico là celui ceux peut est sous demi mi nord sud quasi
    """.split()  # noqa: SIM905 a list of words reads better as words
)


def ends_sentence(text: str) -> bool:
    """Whether a line closes a sentence or a clause: such a line may end its paragraph."""
    return bool(_ENDED.search(text[-20:]))


def continues(line: str, following: str) -> bool:
    """Whether `following` carries on a sentence that `line` left open, wherever the line break came from."""
    if not line or ends_sentence(line):
        return False
    match = _LOWER_START.match(following)
    return match is not None and following[match.end() - 1].islower()


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Every word of the document in lower case, hyphenated words whole: what hyphen repair goes by."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def join(line: str, following: str, words: frozenset[str]) -> str:
    """Two lines as one. A hyphen at the break goes when it only marked the break."""
    broken = _BROKEN.search(line[-60:])
    if not broken or not following[:1].islower():
        return f"{line} {following}"
    if line.endswith(SOFT_BREAK):
        return line[:-1] + following
    first = broken[1].lower()
    second = _WORD.match(following)
    whole = second[0].lower() if second else ""
    if f"{first}-{whole}" in words or (first in _PREFIXES and first + whole not in words):
        return line + following
    return line[:-1] + following


def add(parts: list[str], following: str, words: frozenset[str]) -> None:
    """`join` for a paragraph kept as parts, so that a long one is not copied for each of its lines."""
    joined = join(parts[-1], following, words)
    if joined == f"{parts[-1]} {following}":
        parts.append(following)
    else:
        parts[-1] = joined


def width_of(lines: Sequence[str]) -> int | None:
    """The column at which a text was wrapped; None when its lines are whole paragraphs."""
    lengths = sorted(len(line) for line in lines if line)
    if len(lengths) < 4:
        return None
    width = lengths[min(len(lengths) - 1, round(0.95 * len(lengths)))]
    return width if width <= 130 else None


def wrapped(line: str, following: str, width: int | None, length: int | None = None) -> bool:
    """Whether the break between two neighbouring lines was made only because the line was full.

    `length` is the line's length in the file where its indent or bullet has been cut.
    """
    if continues(line, following):
        return True
    first = next(iter(following.split(maxsplit=1)), "")
    if width is None or not first:
        return False
    return (length or len(line)) + 1 + len(first) > width
