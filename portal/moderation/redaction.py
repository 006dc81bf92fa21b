"""A text on the page where passages are left out: what was submitted with marks, and what becomes public."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.attachments.pointed import files_saying
from portal.common.actors import Actor
from portal.common.reviews import Row
from portal.submissions.cuts import (
    Passage,
    mark,
    passages_of,
    redactions,
    without,
)
from portal.submissions.models import Measure, Readmission
from portal.submissions.places import CAPTIONS, Content, files_in, places_of
from portal.submissions.queries import content_of
from portal.submissions.redress.faces import versions_to_cut
from portal.submissions.redress.redacting import texts_that_may_be_cut
from portal.submissions.redress.rules import may_read_original
from portal.submissions.redress_enums import MeasureState
from portal.submissions.redress_grounds import measure_ground
from portal.submissions.repeats import Repeat, Spot, repeats_of
from portal.submissions.types import SubmissionType


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they are, or left out with a `number`; `told` is what readers read there.

    `is_repeat`: left out before, and nobody has decided about them since.
    """

    words: str
    number: int = 0
    told: str = ""
    is_repeat: bool = False


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
    """`again` was left out before and stands in this version; `readmitted`: words may be public since.

    `public` are the texts that readers read meanwhile, where others wait.
    """

    title: str
    language: str
    texts: tuple[Shown, ...]
    public: tuple[Shown, ...]
    files: tuple[File, ...]
    left_out: tuple[LeftOut, ...]
    again: tuple[Repeat, ...]
    readmitted: tuple[Readmission, ...]
    is_original: bool


def marked(of: SubmissionType, submission: Row, actor: Actor) -> Marked | None:
    """None where what was submitted is not kept. A constant number of queries."""
    versions = versions_to_cut(submission)
    if not versions:
        return None
    measures = redactions(submission.kind, submission.key)
    cuts = _numbered([passages_of(version, measures) for version in versions])
    contents = [content_of(version) or {} for version in versions]
    is_original = may_read_original(actor, submission)
    again = tuple(repeats_of(submission)) if is_original and measures else ()
    repeated = [[spot for each in again for spot in each.spots], []]
    every = zip(contents, cuts, repeated, strict=False)
    texts, *public = (tuple(_texts(of, *each)) for each in every)
    return Marked(
        title="".join(piece.told or piece.words for piece in texts[0].pieces) if texts else str(of.label),
        language=str(contents[0].get("language", "")),
        texts=texts,
        public=public[0] if public else (),
        files=tuple(_files_of_all(contents, cuts, is_original)),
        left_out=tuple(_left_out(measures, [each for own in cuts for each in own], is_original)),
        again=again,
        readmitted=tuple(_readmitted(measures)),
        is_original=is_original,
    )


def _readmitted(measures: Sequence[Measure]) -> Iterable[Readmission]:
    """One query, none where nothing was ever left out."""
    if not measures:
        return ()
    return Readmission.objects.filter(measure__in=measures).select_related("measure", "decided_by")


def _numbered(versions: Sequence[Sequence[Passage]]) -> list[list[Passage]]:
    """A redaction has one number in all of them."""
    keys = dict.fromkeys(each.measure for own in versions for each in own)
    numbers = {key: number for number, key in enumerate(keys, start=1)}
    return [[replace(each, number=numbers[each.measure]) for each in own] for own in versions]


def _texts(
    of: SubmissionType, content: dict[str, Any], passages: Sequence[Passage], again: Sequence[Spot]
) -> Iterator[Shown]:
    labels = {field.name: str(field.label) for field in of.fields} | CAPTIONS
    language, out = str(content.get("language", "")), [each.item for each in passages if each.file]
    for name, item, text in sorted(places_of(content, texts_that_may_be_cut(of)), key=_in_files):
        own = [(each.start, each.end, each) for each in passages if each.place == (name, item)]
        repeated = [(start, end, None) for field, at, start, end in again if (field, at) == (name, item)]
        label = str(labels.get(name, name))
        called = label if item is None else f"{label} {item + 1}"
        is_out = name in CAPTIONS and item in out
        yield Shown(name, called, tuple(_pieces(text, [*own, *repeated], language)), is_out)


def _in_files(place: tuple[str, int | None, str]) -> int:
    """What is said of one file stands together, below the text."""
    name, item, _text = place
    return (item or 0) + 1 if name in CAPTIONS else 0


def _files_of_all(
    contents: Sequence[Content], cuts: Sequence[Sequence[Passage]], is_original: bool
) -> Iterable[File]:
    """Each once; as left out where it is in every version that has it."""
    rows: dict[str, File] = {}
    for content, own in zip(contents, cuts, strict=True):
        for file in _files(content, own, is_original):
            if file.key not in rows or rows[file.key].is_out:
                rows[file.key] = file
    return rows.values()


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


def _pieces(text: str, spans: Iterable[tuple[int, int, Passage | None]], language: str) -> Iterator[Piece]:
    """Of what overlaps the first."""
    at = 0
    for start, end, cut in sorted(spans, key=lambda span: span[:2]):
        if start < at:
            continue
        if at < start:
            yield Piece(text[at:start])
        told = mark(cut.ground, language) if cut else ""
        yield Piece(text[start:end], cut.number if cut else 0, told, is_repeat=cut is None)
        at = end
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
