"""Words that were left out of an earlier version of a text and stand in the one that waits or is public.

Nothing with them becomes public before the secretariat has said for each whether it may: `rules` asks here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.submissions.cuts import Passage, names_of, passages_of, redactions
from portal.submissions.models import Measure, Readmission, Submission, SubmittedVersion
from portal.submissions.places import FILES, Content, files_in, places_of, spans_of
from portal.submissions.queries import content_of, read_among, versions_of
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.redress_grounds import measure_ground

# A text by its field and item, and where in it; of a whole file its place among the files.
Spot = tuple[str, int | None, int, int]


@dataclass(frozen=True, slots=True)
class Repeat:
    """What an earlier measure left out, as far as it stands again: the words, for a file its title."""

    measure: Measure
    words: tuple[str, ...]
    spots: tuple[Spot, ...]

    @property
    def ground(self) -> str:
        return measure_ground(self.measure.act, self.measure.ground)


def repeats_of(submission: Submission) -> list[Repeat]:
    """Those about which nobody has decided yet, in the order of deciding.

    One query where nothing was ever left out, else four.
    """
    measures = redactions(submission.kind, submission.key)
    rows = list(versions_of(submission)) if measures else []
    read = read_among(submission, rows)
    content = content_of(read)
    return _open(rows, read, measures, content) if read and content else []


def repeats_in(submission: Submission, content: Content) -> list[Repeat]:
    """As `repeats_of`, of what its authors are about to submit; nothing of it is left out yet."""
    measures = redactions(submission.kind, submission.key)
    rows = list(versions_of(submission)) if measures else []
    return _among(_said(rows, measures), measures, content, ()) if rows else []


def with_redactions(keys: Collection[UUID]) -> set[UUID]:
    """Those of these texts of which anything was ever left out: of no other is there a repeat. One query."""
    rows = Measure.objects.filter(submission_key__in=keys, act=Act.REDACTED)
    return set(rows.exclude(state=MeasureState.ENDED).order_by().values_list("submission_key", flat=True))


def _open(
    rows: Sequence[SubmittedVersion], read: SubmittedVersion, measures: Sequence[Measure], content: Content
) -> list[Repeat]:
    earlier = [row for row in rows if row.number < read.number]
    return _among(_said(earlier, measures), measures, content, passages_of(read, measures)) if earlier else []


def _said(rows: Iterable[SubmittedVersion], measures: Sequence[Measure]) -> Mapping[UUID, dict[str, Passage]]:
    """What each measure has left out of these versions, by its words."""
    said: dict[UUID, dict[str, Passage]] = {}
    for row in rows:
        for each in passages_of(row, measures):
            said.setdefault(each.measure, {}).setdefault(each.file or each.words, each)
    return said


def _among(
    said: Mapping[UUID, dict[str, Passage]],
    measures: Sequence[Measure],
    content: Content,
    own: Collection[Passage],
) -> list[Repeat]:
    """Of words that several measures left out the last one counts, also where it was decided about."""
    readmitted = set(Readmission.objects.filter(measure__in=measures).values_list("measure", flat=True))
    known: set[str] = set()
    repeats = []
    for measure in reversed(measures):
        new = [each for words, each in said.get(measure.key, {}).items() if words not in known]
        known |= said.get(measure.key, {}).keys()
        if measure.pk not in readmitted and (repeat := _repeat(measure, new, content, own)):
            repeats.append(repeat)
    return repeats[::-1]


def _repeat(
    measure: Measure, said: Iterable[Passage], content: Content, own: Collection[Passage]
) -> Repeat | None:
    names = names_of(measure.kind)
    spots = {each.words: tuple(free_spots(each, content, own, names)) for each in said}
    words = tuple(each for each, places in spots.items() if places)
    if not words:
        return None
    return Repeat(measure, words, tuple(dict.fromkeys(spot for each in words for spot in spots[each])))


def free_spots(
    said: Passage, content: Mapping[str, Any], own: Collection[Passage], names: Collection[str]
) -> Iterator[Spot]:
    """Where it stands in these texts of the content and is not among `own`, what is left out already."""
    if said.file:
        out = {each.file for each in own}
        rows = enumerate(files_in(content))
        yield from ((FILES, at, 0, 1) for at, row in rows if row["key"] == said.file and said.file not in out)
        return
    for name, item, text in places_of(content, names):
        taken = [(each.start, each.end) for each in own if each.place == (name, item)]
        for start, end in spans_of(said.words, text):
            if not any(start < last and first < end for first, last in taken):
                yield name, item, start, end
