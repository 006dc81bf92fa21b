"""What in attachments may be personal data of third parties, for who writes and who decides."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.attachments.drafts import alternative_field, title_field
from portal.attachments.models import Attachment
from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.reviews import Reader, ReviewBlock
from portal.files.models import FileText
from portal.submissions.pointing import MOST, WORDS, note, notes_on
from portal.submissions.queries import content_of, newest_version
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
    """Inputs of `attachments/pointed.html`: files of what was submitted, and what they point at."""
    sent = (content_of(newest_version(row)) or {}).get("attachments", ())
    words = FileText.objects.filter(file__key__in=[each["key"] for each in sent]) if sent else ()
    told = {str(each.file.key): json.loads(each.pointed) for each in _with_file(words)}
    return {
        "rows": [
            {"title": each["title"], "pointed": [_in_words(*row) for row in told.get(each["key"], ())]}
            for each in sent
            if told.get(each["key"])
        ]
    }


def _with_file(words: Any) -> Any:
    return words.select_related("file").defer("blocks") if words else ()


def _in_words(page: int | None, kind: str, said: str) -> dict[str, Any]:
    where = _("page %(number)s") % {"number": page} if page else ""
    return {"said": said, "kind": WORDS[Kind(kind)], "where": where}


def review_block(kind: str) -> ReviewBlock:
    return ReviewBlock(kind, "attachments/pointed.html", _reviewed)
