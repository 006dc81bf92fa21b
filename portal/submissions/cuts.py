"""What of a submitted text is left out of all but its organization's desk, and what stands there.

A cut belongs to one submitted version and names a place in it; a new version begins without.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext, override

from portal.common.reviews import ReviewType
from portal.publication.kinds import ledger_kinds
from portal.submissions.models import Cut, Measure, Submission, SubmittedVersion
from portal.submissions.places import (
    CAPTIONS,
    FILES,
    Content,
    Place,
    files_in,
    places_of,
    put,
    spans_of,
    text_at,
    without_files,
)
from portal.submissions.queries import content_of, read_among, version_read, versions_of
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.redress_grounds import measure_ground
from portal.submissions.states import STATES

TITLE = "title"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a version, and the measure that leaves them out, numbered in the order of deciding.

    Of a whole file the words are its title, and `file` is its key.
    """

    field: str
    item: int | None
    start: int
    end: int
    words: str
    ground: str
    number: int
    measure: UUID
    file: str = ""

    @property
    def place(self) -> Place:
        return self.field, self.item


def redactions(kind: str, key: UUID) -> list[Measure]:
    """Those that hold, oldest first, with their cuts. Two queries, one where there are none."""
    rows = Measure.objects.filter(kind=kind, submission_key=key, act=Act.REDACTED)
    rows = rows.exclude(state=MeasureState.ENDED).order_by("pk")
    return list(rows.prefetch_related(Prefetch("cuts", Cut.objects.order_by("pk"))))


def passages_of(version: SubmittedVersion, measures: Iterable[Measure] | None = None) -> list[Passage]:
    """What is left out of a version; `measures` are its `redactions`, where they are at hand."""
    known = redactions(version.kind, version.submission_key) if measures is None else measures
    own = [(row, [cut for cut in row.cuts.all() if cut.version == version.number]) for row in known]
    content = content_of(version) if any(cuts for _row, cuts in own) else None
    if content is None:
        return []
    numbered = enumerate(((row, cuts) for row, cuts in own if cuts), start=1)
    return [_passage(content, row, cut, number) for number, (row, cuts) in numbered for cut in cuts]


def _passage(content: Content, row: Measure, cut: Cut, number: int) -> Passage:
    file = files_in(content)[cut.item or 0] if cut.field == FILES else None
    words = text_at(content, cut.field, cut.item)[cut.start : cut.end]
    return Passage(
        field=cut.field,
        item=cut.item,
        start=cut.start,
        end=cut.end,
        words=str(file["title"] or file["name"]) if file else words,
        ground=row.ground,
        number=number,
        measure=row.key,
        file=str(file["key"]) if file else "",
    )


def names_of(kind: str) -> tuple[str, ...]:
    """Names of the texts of a kind that become public as they are written; none without a record."""
    public = next((each.texts for each in ledger_kinds() if each.kind == kind), None)
    return () if public is None else (TITLE, *public, *CAPTIONS)


def told_content(submission: Submission) -> Content | None:
    """What is public or was submitted last, without what is left out; all but its members read this."""
    version = version_read(submission)
    measures = redactions(submission.kind, submission.key) if version else []
    among = list(versions_of(submission)) if measures and not _has_read(submission) else []
    return told_version(submission, version, among, measures)


def told_version(
    submission: Submission,
    version: SubmittedVersion | None,
    among: Sequence[SubmittedVersion],
    measures: Sequence[Measure],
) -> Content | None:
    """A version without what is left out of it. Of one that neither waits nor is public also without the
    words that are left out of any `among` them, wherever they stand in its texts.
    """
    content = content_of(version)
    if version is None or content is None or not measures:
        return content
    own = passages_of(version, measures)
    if _has_read(submission) and version == read_among(submission, among or [version]):
        return without(content, own)
    others = [row for row in among if row.number != version.number]
    every = own + [each for row in others for each in passages_of(row, measures)]
    return _without_any(content, own, every, names_of(version.kind))


def _has_read(submission: Submission) -> bool:
    """Whether one of its versions is decided about now, or is the public one."""
    return submission.state in STATES.waiting | STATES.public


def _without_any(
    content: Content, own: Sequence[Passage], every: Sequence[Passage], names: Iterable[str]
) -> Content:
    told, language = dict(content), str(content.get("language", ""))
    for name, item, text in places_of(content, names):
        spans = [(each.start, each.end, each.ground) for each in own if each.place == (name, item)]
        words = [each for each in every if not each.file]
        spans += [(*span, each.ground) for each in words for span in spans_of(each.words, text)]
        put(told, name, item, _marked(text, spans, language))
    return without_files(told, _files(every))


def _files(passages: Iterable[Passage]) -> set[str]:
    return {each.file for each in passages if each.file}


def _marked(text: str, spans: Iterable[tuple[int, int, str]], language: str) -> str:
    """With one mark for spans that overlap."""
    pieces, last = [], 0
    for start, end, ground in sorted(spans):
        if start >= last:
            pieces += [text[last:start], mark(ground, language)]
        last = max(last, end)
    return "".join([*pieces, text[last:]])


def told_contents(of: ReviewType, keys: Collection[str]) -> list[Content]:
    """What is public of each or was submitted last, as `told_content`, in the order of submitting; none of
    what was not kept. Three queries at most.
    """
    among = _among(of, keys)
    cut = Measure.objects.filter(kind=of.kind, submission_key__in=among, act=Act.REDACTED)
    measures = defaultdict[UUID, list[Measure]](list)
    for row in cut.exclude(state=MeasureState.ENDED).order_by("pk").prefetch_related("cuts"):
        measures[row.submission_key].append(row)
    told = []
    for key, (text, rows) in among.items():
        read = read_among(text, rows)
        if read is not None and (content := told_version(text, read, rows, measures[key])):
            told.append((read.submitted_at, content))
    return [content for _at, content in sorted(told, key=itemgetter(0))]


def _among(of: ReviewType, keys: Collection[str]) -> dict[UUID, tuple[Submission, list[SubmittedVersion]]]:
    """All versions of each, oldest first, with the text in its state alone. One query."""
    states = of.model._default_manager.filter(key=OuterRef("submission_key")).values("state")
    rows = SubmittedVersion.objects.filter(kind=of.kind, submission_key__in=keys).order_by("number")
    among: dict[UUID, tuple[Submission, list[SubmittedVersion]]] = {}
    for row in rows.annotate(state=Subquery(states)):
        text = of.model(key=row.submission_key, state=row.state)
        among.setdefault(row.submission_key, (text, []))[1].append(row)
    return among


def redacted_contents(of: ReviewType) -> dict[UUID, Content]:
    """`told_contents` of each of a kind of which anything is left out, by key. Four queries."""
    rows = Measure.objects.filter(kind=of.kind, act=Act.REDACTED).exclude(state=MeasureState.ENDED)
    keys = [str(key) for key in rows.order_by().values_list("submission_key", flat=True).distinct()]
    return {UUID(str(content["key"])): content for content in told_contents(of, keys)} if keys else {}


def told_titles(keys: Collection[UUID]) -> dict[tuple[str, UUID], str]:
    """How the secretariat calls those of the texts of whose title something is left out. One query."""
    rows = title_cuts().filter(submission_key__in=keys)
    return {(row.kind, row.submission_key): row.title for row in rows}


def title_cuts(**about: Any) -> QuerySet[Measure]:
    """Measures that leave something out of a title; their own `title` is without it. `about` narrows them."""
    return Measure.objects.filter(cuts__field=TITLE, **about).exclude(state=MeasureState.ENDED)


def without(content: Mapping[str, Any], passages: Sequence[Passage]) -> Content:
    """The content with a mark in the place of each passage, and without the files that are left out."""
    told, language = dict(content), str(content.get("language", ""))
    for name, item in dict.fromkeys(each.place for each in passages if not each.file):
        own = [each for each in passages if each.place == (name, item)]
        put(told, name, item, cut_text(text_at(content, name, item), own, language))
    return without_files(told, files) if (files := _files(passages)) else told


def mark(ground: str, language: str) -> str:
    """What stands in the place of a passage, in the language of the text."""
    with override(language):
        return gettext("[… %(what)s]") % {"what": measure_ground(Act.REDACTED, ground)}


def redacted_now(submission: Submission) -> list[Passage]:
    """What is left out of what is public, or was submitted last where it is not published."""
    version = version_read(submission)
    return passages_of(version) if version else []


def ever_redacted(submission: Submission) -> list[Passage]:
    """What is left out of any of its versions. Three queries, one where there is none."""
    measures = redactions(submission.kind, submission.key)
    rows = versions_of(submission) if measures else ()
    return [passage for row in rows for passage in passages_of(row, measures)]


def told_passages(submission: Submission) -> dict[UUID, list[Passage]]:
    """By key of the measure, the same words of a place once, in whichever version. Queries as above."""
    told = defaultdict[UUID, dict[tuple[object, ...], Passage]](dict)
    for each in ever_redacted(submission):
        told[each.measure].setdefault((each.words, each.file or each.field), each)
    return {key: list(rows.values()) for key, rows in told.items()}


def words_of(submission: Submission) -> dict[UUID, list[str]]:
    """By key of the measure, each once. Queries as above."""
    told = told_passages(submission)
    return {key: list(dict.fromkeys(each.words for each in rows)) for key, rows in told.items()}


def cut_text(text: str, passages: Sequence[Passage], language: str) -> str:
    """From the end, so that places stay; a passage that stands elsewhere goes wherever it is."""
    moved = []
    for passage in sorted(passages, key=lambda each: each.start, reverse=True):
        if text[passage.start : passage.end] == passage.words:
            text = text[: passage.start] + mark(passage.ground, language) + text[passage.end :]
        else:
            moved.append(passage)
    for passage in moved:
        text = text.replace(passage.words, mark(passage.ground, language))
    return text
