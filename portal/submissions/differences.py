"""What changed between two submitted versions, or stands beside each other; moderation calls it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.common.reviews import Content, Field, Phrase, Reader

SAME, OLD, NEW = "same", "old", "new"
# Words of one text times words of the other.
MOST_COMPARED = 9_000_000
# Words of an excerpt: around each change, of one change, and of all.
AROUND, LONGEST, MOST = 8, 40, 120
GAP = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand in both versions, or in one of them."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The passages that changed with a little around them; `is_cut`: not all of the changes stand there."""

    parts: tuple[Part, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A field that says something else: what it said, what it says, and both in one with marks."""

    label: Phrase
    old: str
    new: str
    parts: tuple[Part, ...]
    language: str = ""

    @property
    def excerpt(self) -> Excerpt:
        return excerpt_of(self.parts)


@dataclass(frozen=True, slots=True)
class Compared:
    """A field as it is and as it would be; the languages are empty where the words are the reader's.

    One that `weighs` is something that nobody may change without a word.
    """

    label: Phrase
    old: str
    new: str
    old_language: str = ""
    new_language: str = ""
    weighs: bool = False

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


def beside(fields: Sequence[Field], old: Content, new: Content, reader: Reader) -> tuple[Compared, ...]:
    """Every field that says something in either, in the declared order."""
    rows = (
        Compared(
            row.label,
            _in_words(row, old, reader),
            _in_words(row, new, reader),
            _language(row, old),
            _language(row, new),
        )
        for row in fields
        if row.instead not in new
    )
    return tuple(row for row in rows if row.old or row.new)


def differences(fields: Sequence[Field], old: Content, new: Content, reader: Reader) -> list[Change]:
    """The changed fields in their declared order."""
    rows = [row for row in fields if row.instead not in new and old.get(row.name) != new.get(row.name)]
    changes = [(row, _change(row, old, new, reader)) for row in rows]
    # Links are named as they are today: one that is called otherwise now is no change of the text.
    return [change for row, change in changes if row.links is None or change.old != change.new]


def _change(row: Field, old: Content, new: Content, reader: Reader) -> Change:
    before, after = _in_words(row, old, reader), _in_words(row, new, reader)
    return Change(row.label, before, after, tuple(parts_of(before, after)), _language(row, new))


def _language(row: Field, content: Content) -> str:
    return str(content.get("language", "")) if row.is_text or row.is_heading else ""


def _in_words(row: Field, content: Content, reader: Reader) -> str:
    value = content.get(row.name, "")
    if row.links is not None:
        return " · ".join(link.label for link in row.links(value, reader)) if value else ""
    if row.is_text and not isinstance(value, str):
        return "\n\n".join(value)
    return str(row.words(value))


def parts_of(old: str, new: str) -> Iterator[Part]:
    """Paragraphs are words too, so that they stay where they are."""
    before, after = _words(old), _words(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    rows = [(SAME, before[:start]), *_changed(*middle), (SAME, before[len(before) - end :])]
    for kind, words in rows:
        if words:
            yield Part(kind, " ".join(words))


def excerpt_of(parts: Sequence[Part]) -> Excerpt:
    """What is long is cut, and what comes after so many words left out."""
    shown, number, is_cut = [], 0, False
    for at, part in enumerate(parts):
        if number >= MOST:
            is_cut = is_cut or part.kind != SAME
            continue
        words = part.text.split()
        if part.kind == SAME:
            kept = _around(words, is_first=at == 0, is_last=at == len(parts) - 1)
        else:
            kept = words if len(words) <= LONGEST else [*words[:LONGEST], GAP]
            is_cut = is_cut or kept is not words
        shown.append(Part(part.kind, " ".join(kept)))
        number += len(kept)
    return Excerpt(tuple(shown), is_cut)


def _around(words: list[str], *, is_first: bool, is_last: bool) -> list[str]:
    """The words next to what changed, of those that stay."""
    before = [] if is_first else words[:AROUND]
    after = [] if is_last else words[-AROUND:]
    return words if len(words) <= len(before) + len(after) else [*before, GAP, *after]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many words both begin."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Word by word, but for texts so long that this would take a while."""
    if len(old) * len(new) > MOST_COMPARED:
        yield from ((OLD, old), (NEW, new))
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield SAME, old[i:j]
            continue
        yield from ((OLD, old[i:j]), (NEW, new[k:m]))


def _words(text: str) -> list[str]:
    return text.replace("\n\n", " ¶ ").split()
