"""What the secretariat reads of files: which, and what in them may be personal data of third parties."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.attachments.drafts import alternative_field, title_field
from portal.attachments.models import Attachment, ShownFile
from portal.attachments.public import blocks_of
from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.folding import folded
from portal.common.reviews import Reader, ReviewBlock
from portal.files.models import FileText
from portal.submissions.cuts import ever_redacted, told_content
from portal.submissions.models import Submission
from portal.submissions.places import files_in
from portal.submissions.pointing import MOST, WORDS, note, notes_on
from portal.submissions.queries import content_of, version_read
from portal.submissions.redress.rules import may_read_original
from portal.submissions.third_party_tokens import Kind

IN_FILE = gettext_lazy("In “%(file)s”: %(note)s")
ON_PAGE = gettext_lazy("In “%(file)s”, page %(page)s: %(note)s")


def notes(row: Any, related: Any) -> list[Problem]:
    """In titles, descriptions and files of a draft. One query, none without files."""
    attachments: Sequence[Attachment] = related.attachments
    if not attachments:
        return []
    told = _pointed_by(each.file.pk for each in attachments)
    return [problem for each in attachments for problem in _of(each, told.get(each.file.pk, []))]


def _of(attachment: Attachment, rows: Sequence[Any]) -> Iterator[Problem]:
    yield from notes_on(attachment.title, title_field(attachment.file.key))
    yield from notes_on(attachment.alternative, alternative_field(attachment.file.key))
    for page, kind, said in rows[:MOST]:
        place = ON_PAGE if page else IN_FILE
        told = {"file": attachment.title, "page": page, "note": note(said, kind)}
        yield Problem("attachments", place % told)


def _pointed_by(files: Iterable[int]) -> dict[int, list[Any]]:
    rows = FileText.objects.filter(file__in=list(files)).values_list("file", "pointed")
    return {pk: json.loads(pointed) for pk, pointed in rows}


def _reviewed(row: Any, actor: Actor, reader: Reader) -> dict[str, Any]:
    """Inputs of `attachments/pointed.html`: files of what was submitted, and what they point at.

    Without what is left out of the text, for who may not read that.
    """
    sent = _files_told(row, actor)
    hidden = [] if not sent or may_read_original(actor, row) else _hidden(row)
    words = FileText.objects.filter(file__key__in=[each["key"] for each in sent]) if sent else ()
    told = {str(each.file.key): json.loads(each.pointed) for each in _with_file(words)}
    rows = [(each["title"], [*_shown(told.get(each["key"], ()), hidden)]) for each in sent]
    return {"rows": [{"title": title, "pointed": pointed} for title, pointed in rows if pointed]}


def _shown(pointed: Iterable[Any], hidden: Sequence[str]) -> Iterator[dict[str, Any]]:
    for page, kind, said in pointed:
        if not any(words in folded(said) or folded(said) in words for words in hidden):
            yield _in_words(page, kind, said)


def files_read(row: Submission, actor: Actor) -> set[str]:
    """Keys of the files that somebody of the secretariat opens: of what it reads now, and what is public."""
    public = ShownFile.objects.filter(kind=row.kind, source_key=row.key).values_list("file__key", flat=True)
    return {each["key"] for each in _files_told(row, actor)} | {str(key) for key in public}


def _files_told(row: Submission, actor: Actor) -> list[dict[str, Any]]:
    """Of what is public or was submitted last, as somebody of the secretariat reads of them."""
    files = files_in(content_of(version_read(row)) or {})
    return files_in(told_content(row) or {}) if files and not may_read_original(actor, row) else files


def _hidden(row: Submission) -> list[str]:
    return [folded(each.words) for each in ever_redacted(row)]


def files_saying(keys: Collection[str], words: Collection[str]) -> dict[str, list[str]]:
    """Which of these words stand in which of the files, by key, without case and accents. One query."""
    rows = FileText.objects.filter(file__key__in=keys) if words else FileText.objects.none()
    return {str(key): _said_in(blocks, words) for key, blocks in rows.values_list("file__key", "blocks")}


def _said_in(blocks: str, words: Collection[str]) -> list[str]:
    text = folded(" ".join(" ".join(block.text for block in blocks_of(blocks)).split()))
    return [each for each in words if folded(" ".join(each.split())) in text]


def _with_file(words: Any) -> Any:
    return words.select_related("file").defer("blocks") if words else ()


def _in_words(page: int | None, kind: str, said: str) -> dict[str, Any]:
    where = _("page %(number)s") % {"number": page} if page else ""
    return {"said": said, "kind": WORDS[Kind(kind)], "where": where}


def review_block(kind: str) -> ReviewBlock:
    return ReviewBlock(kind, "attachments/pointed.html", _reviewed)
