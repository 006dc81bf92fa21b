"""A text on the page where passages are left out: what was submitted with marks, and what becomes public."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.attachments.pointed import files_saying
from portal.common.actors import Actor
from portal.common.reviews import Row
from portal.submissions.cuts import (
    Passage,
    earlier_redacted,
    mark,
    passages_of,
    redactions,
    without,
)
from portal.submissions.models import Measure
from portal.submissions.places import CAPTIONS, Content, files_in, places_of, spans_of, without_files
from portal.submissions.queries import content_of
from portal.submissions.redress.faces import version_to_cut
from portal.submissions.redress.redacting import texts_that_may_be_cut
from portal.submissions.redress.rules import may_read_original
from portal.submissions.redress_enums import MeasureState
from portal.submissions.redress_grounds import measure_ground
from portal.submissions.types import SubmissionType


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they are, or left out with a `number`; `told` is what readers read there."""

    words: str
    number: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One text: the name of its field, what it is called, and its pieces in order.

    `is_out`: it goes with its file.
    """

    field: str
    label: str
    pieces: tuple[Piece, ...]
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file of the text: whether it `tells` what is left out elsewhere, and the `words` of that."""

    key: str
    title: str
    is_out: bool
    tells: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A redaction in the list below; `words` are empty for who may not read them. Of files their titles."""

    measure: Measure
    number: int
    ground: str
    words: tuple[str, ...]
    may_come_back: bool
    is_file: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """`again` are redactions of the version before whose words stand in this one, each with its words."""

    title: str
    language: str
    texts: tuple[Shown, ...]
    files: tuple[File, ...]
    left_out: tuple[LeftOut, ...]
    again: tuple[tuple[Measure, str, tuple[str, ...]], ...]
    is_original: bool


def marked(of: SubmissionType, submission: Row, actor: Actor) -> Marked | None:
    """None where what was submitted is not kept. A constant number of queries."""
    version = version_to_cut(submission)
    content = content_of(version)
    if version is None or content is None:
        return None
    measures = redactions(submission.kind, submission.key)
    passages = passages_of(version, measures)
    is_original = may_read_original(actor, submission)
    texts = tuple(_texts(of, content, passages))
    return Marked(
        title="".join(piece.told or piece.words for piece in texts[0].pieces) if texts else str(of.label),
        language=str(content.get("language", "")),
        texts=texts,
        files=tuple(_files(content, passages, is_original)),
        left_out=tuple(_left_out(measures, passages, is_original)),
        again=tuple(_again(submission, content, measures, passages)) if is_original else (),
        is_original=is_original,
    )


def _texts(of: SubmissionType, content: dict[str, Any], passages: Sequence[Passage]) -> Iterator[Shown]:
    labels = {field.name: str(field.label) for field in of.fields} | CAPTIONS
    language, out = str(content.get("language", "")), [each.item for each in passages if each.file]
    for name, item, text in sorted(places_of(content, texts_that_may_be_cut(of)), key=_in_files):
        own = sorted((each for each in passages if each.place == (name, item)), key=lambda each: each.start)
        label = str(labels.get(name, name))
        called = label if item is None else f"{label} {item + 1}"
        is_out = name in CAPTIONS and item in out
        yield Shown(name, called, tuple(_pieces(text, own, language)), is_out)


def _in_files(place: tuple[str, int | None, str]) -> int:
    """What is said of one file stands together, below the text."""
    name, item, _text = place
    return (item or 0) + 1 if name in CAPTIONS else 0


def _files(content: Content, passages: Sequence[Passage], is_original: bool) -> Iterator[File]:
    """Those that are left out only for who may read the original."""
    out = {each.file for each in passages if each.file}
    told = content if is_original else without(content, passages)
    words = [*dict.fromkeys(each.words for each in passages if not each.file)]
    telling = files_saying([row["key"] for row in files_in(told)], words) if files_in(told) else {}
    for row in files_in(told):
        said = tuple(telling.get(row["key"], ()))
        title = str(row["title"] or row["name"])
        yield File(row["key"], title, row["key"] in out, bool(said), said if is_original else ())


def _pieces(text: str, own: Iterable[Passage], language: str) -> Iterator[Piece]:
    at = 0
    for each in own:
        if at < each.start:
            yield Piece(text[at : each.start])
        yield Piece(each.words, each.number, mark(each.ground, language))
        at = each.end
    if at < len(text):
        yield Piece(text[at:])


def _left_out(
    measures: Iterable[Measure], passages: Sequence[Passage], is_original: bool
) -> Iterator[LeftOut]:
    for measure in measures:
        own = [each for each in passages if each.measure == measure.key]
        if own:
            yield LeftOut(
                measure=measure,
                number=own[0].number,
                ground=measure_ground(measure.act, measure.ground),
                words=tuple(dict.fromkeys(each.words for each in own)) if is_original else (),
                may_come_back=measure.state == MeasureState.PROVISIONAL,
                is_file=bool(own[0].file),
            )


def _again(
    submission: Row, content: dict[str, Any], measures: Iterable[Measure], passages: Sequence[Passage]
) -> Iterator[tuple[Measure, str, tuple[str, ...]]]:
    """Those that stand here uncut."""
    known = {row.key: row for row in measures}
    earlier = earlier_redacted(submission)
    for key in dict.fromkeys(each.measure for each in earlier):
        own = [each for each in earlier if each.measure == key and _stands(each, content, passages)]
        if own:
            row = known[key]
            yield row, measure_ground(row.act, row.ground), tuple(dict.fromkeys(each.words for each in own))


def _stands(earlier: Passage, content: dict[str, Any], passages: Sequence[Passage]) -> bool:
    if earlier.file:
        kept = without_files(content, {each.file for each in passages})
        return earlier.file in [row["key"] for row in files_in(kept)]
    for name, item, text in places_of(content, [earlier.field]):
        taken = [(each.start, each.end) for each in passages if each.place == (name, item)]
        for start, end in spans_of(earlier.words, text):
            if not any(start < last and first < end for first, last in taken):
                return True
    return False
