"""What of a submitted text is left out of all but its organization's desk: passages, and what stands there.

A cut belongs to one submitted version and names a place in it; a new version begins without.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext, override

from portal.publication.kinds import REDACTED
from portal.publication.projections import Projection, summary_of
from portal.submissions.models import Cut, Measure, Submission, SubmittedVersion
from portal.submissions.queries import content_of, newest_version, versions
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.redress_grounds import measure_ground

Content = dict[str, Any]
Names = Collection[str]
TITLE = "title"
# Of a record: a mark may be longer than what it stands for.
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a version, and the measure that leaves them out, numbered in the order of deciding."""

    field: str
    item: int | None
    start: int
    end: int
    words: str
    ground: str
    number: int
    measure: UUID

    @property
    def place(self) -> tuple[str, int | None]:
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
    return [
        Passage(
            field=cut.field,
            item=cut.item,
            start=cut.start,
            end=cut.end,
            words=text_at(content, cut.field, cut.item)[cut.start : cut.end],
            ground=row.ground,
            number=number,
            measure=row.key,
        )
        for number, (row, cuts) in numbered
        for cut in cuts
    ]


def told_content(version: SubmittedVersion | None) -> Content | None:
    """What was submitted without what is left out of it; what everybody but its members reads."""
    content = content_of(version)
    if version is None or content is None:
        return content
    return without(content, passages_of(version))


def told_version(
    version: SubmittedVersion, among: Sequence[SubmittedVersion], measures: Sequence[Measure], names: Names
) -> Content | None:
    """As `told_content`; of all but the newest `among` its versions also without the words that are left out
    of any of them, wherever they stand in the texts `names`.
    """
    content = content_of(version)
    if content is None or not measures:
        return content
    own = passages_of(version, measures)
    if version.number == max(row.number for row in among):
        return without(content, own)
    words = [each for row in among for each in passages_of(row, measures) if row.number != version.number]
    told = dict(content)
    for name, item, text in places_of(content, names):
        spans = [(each.start, each.end, each.ground) for each in own if each.place == (name, item)]
        spans += [(*span, each.ground) for each in words for span in spans_of(each.words, text)]
        _put(told, name, item, _marked(text, spans, str(content.get("language", ""))))
    return told


def _put(content: Content, name: str, item: int | None, text: str) -> None:
    if item is None:
        content[name] = text
    else:
        content[name] = [text if n == item else each for n, each in enumerate(content[name])]


def _marked(text: str, spans: Iterable[tuple[int, int, str]], language: str) -> str:
    """With one mark for spans that overlap."""
    pieces, last = [], 0
    for start, end, ground in sorted(spans):
        if start >= last:
            pieces += [text[last:start], mark(ground, language)]
        last = max(last, end)
    return "".join([*pieces, text[last:]])


def told_contents(kind: str, keys: Collection[str]) -> list[Content]:
    """The newest of each, in the order of submitting; none of what was not kept. Three queries at most."""
    rows = SubmittedVersion.objects.filter(kind=kind, submission_key__in=keys).order_by("submitted_at")
    newest = {row.submission_key: row for row in rows}
    cut = Measure.objects.filter(kind=kind, submission_key__in=newest, act=Act.REDACTED)
    measures = defaultdict[UUID, list[Measure]](list)
    for row in cut.exclude(state=MeasureState.ENDED).order_by("pk").prefetch_related("cuts"):
        measures[row.submission_key].append(row)
    return [
        without(content, passages_of(row, measures[key]))
        for key, row in newest.items()
        if (content := content_of(row))
    ]


def told_titles(keys: Collection[UUID]) -> dict[tuple[str, UUID], str]:
    """How the secretariat calls those of the texts of whose title something is left out. One query."""
    rows = title_cuts().filter(submission_key__in=keys)
    return {(row.kind, row.submission_key): row.title for row in rows}


def title_cuts() -> QuerySet[Measure]:
    """Measures that leave something out of a title; their own `title` is without it."""
    return Measure.objects.filter(cuts__field=TITLE).exclude(state=MeasureState.ENDED)


def without(content: Mapping[str, Any], passages: Sequence[Passage]) -> Content:
    """The content with a mark in the place of each passage."""
    told = dict(content)
    for name in {passage.field for passage in passages}:
        told[name] = _cut(content[name], name, passages, str(content.get("language", "")))
    return told


def left_out(face: Projection, submission: Submission) -> Projection:
    """The public face without what is left out of the version that was submitted last, and of no translation.

    Words that stand elsewhere than where they were submitted are left out wherever they stand. Two queries,
    one where nothing is left out.
    """
    measures = redactions(face.kind, face.source_key)
    version = newest_version(submission) if measures else None
    passages = passages_of(version, measures) if version else []
    if not passages:
        return face
    texts = {name: _cut(text, name, passages, face.language) for name, text in face.texts.items()}
    grounds = dict.fromkeys(passage.ground for passage in passages)
    return replace(
        face,
        title=_cut(face.title, TITLE, passages, face.language)[:LONGEST_TITLE],
        summary=_summary(face, texts),
        texts=texts,
        facts=face.facts | {REDACTED: " ".join(grounds)},
        translations=(),
    )


def put_in_again(
    said: Projection, version: SubmittedVersion, held: Sequence[Measure], hold: Sequence[Measure]
) -> Projection:
    """What is public of a version with the words of those measures that `held` and do not `hold` any more.

    A text that does not stand in public as it was cut stays as it is.
    """
    content, left = content_of(version) or {}, passages_of(version, hold)
    cut, told = without(content, passages_of(version, held)), without(content, left)
    new = {name: told[name] for name, text in said.texts.items() if name in cut and cut[name] == text}
    texts, facts = said.texts | new, {name: said.facts[name] for name in said.facts if name != REDACTED}
    grounds = " ".join(dict.fromkeys(passage.ground for passage in left))
    has_title = cut.get(TITLE, "")[:LONGEST_TITLE] == said.title
    return replace(
        said,
        title=told[TITLE][:LONGEST_TITLE] if has_title else said.title,
        summary=_summary(said, texts) or said.summary,
        texts=texts,
        facts=facts | ({REDACTED: grounds} if grounds else {}),
    )


def mark(ground: str, language: str) -> str:
    """What stands in the place of a passage, in the language of the text."""
    with override(language):
        return gettext("[… %(what)s]") % {"what": measure_ground(Act.REDACTED, ground)}


def text_at(content: Mapping[str, Any], field: str, item: int | None) -> str:
    """One text of the content; empty for a place that it has not."""
    value = content.get(field, "")
    if isinstance(value, str):
        return value if item is None else ""
    return str(value[item]) if item is not None and item < len(value) else ""


def places_of(content: Mapping[str, Any], names: Iterable[str]) -> list[tuple[str, int | None, str]]:
    """The texts of these fields, each with its place."""
    rows: list[tuple[str, int | None, str]] = []
    for name in names:
        value = content.get(name, "")
        if isinstance(value, str):
            rows.append((name, None, value))
        elif all(isinstance(each, str) for each in value):
            rows += [(name, item, each) for item, each in enumerate(value)]
    return [row for row in rows if row[2]]


def spans_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, whatever white space is between them."""
    parts = [re.escape(part) for part in words.split()]
    return [match.span() for match in re.finditer(r"\s+".join(parts), text)] if parts else []


def newest_redacted(submission: Submission) -> list[Passage]:
    """What is left out of what was submitted last."""
    version = newest_version(submission)
    return passages_of(version) if version else []


def earlier_redacted(submission: Submission) -> list[Passage]:
    """What was left out of the last version before that had anything left out."""
    measures = redactions(submission.kind, submission.key)
    earlier = list(versions(submission.kind, submission.key))[:-1]
    for version in reversed(earlier):
        if passages := passages_of(version, measures):
            return passages
    return []


def _cut(value: Any, name: str, passages: Sequence[Passage], language: str) -> Any:
    own = [passage for passage in passages if passage.field == name]
    if isinstance(value, str):
        return _cut_text(value, [passage for passage in own if passage.item is None], language)
    return [
        _cut_text(text, [passage for passage in own if passage.item == item], language)
        for item, text in enumerate(value)
    ]


def _cut_text(text: str, passages: Sequence[Passage], language: str) -> str:
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


def _summary(face: Projection, texts: Mapping[str, Any]) -> str:
    """Of the same text as before."""
    beginning = face.summary.removesuffix(" …")
    for name, text in face.texts.items():
        if isinstance(text, str) and " ".join(text.split()).startswith(beginning):
            return summary_of(texts[name])
    return ""
