"""Attachments of public records, as the ledger tells of them; pages, API, exports and search read here."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.attachments.models import Attachment
from portal.common.passages import Passage, split_passages
from portal.files.enums import SUFFIXES
from portal.files.models import FileText, stored_name
from portal.library.extraction.blocks import Block
from portal.publication.models import Record
from portal.submissions.places import Content, files_in

FACT = "attachments"


@dataclass(frozen=True, slots=True)
class Shown:
    """One attachment of a public record; `bytes` is the size of its public copy."""

    title: str
    alternative: str
    kind: str
    bytes: int
    sha256: str

    @property
    def file_name(self) -> str:
        """The last part of its address: other bytes have another one."""
        return f"{self.sha256}{SUFFIXES[self.kind]}"

    @property
    def path(self) -> str:
        """In the public storage."""
        return stored_name(self.sha256, self.kind)


def facts_of(attachments: Iterable[Attachment]) -> dict[str, str]:
    """The fact of a projection: those that have a public copy. Nothing where there are none."""
    rows = [
        [each.title, each.alternative, each.file.kind, each.file.public_size, each.file.public_sha256]
        for each in attachments
        if each.file.is_public
    ]
    return _fact(rows)


def facts_of_sent(content: Content) -> dict[str, str]:
    """The same fact of what was submitted: the public copy is the very file that was."""
    names = ("title", "alternative", "kind", "size", "sha256")
    return _fact([[row[name] for name in names] for row in files_in(content)])


def _fact(rows: list[list[Any]]) -> dict[str, str]:
    return {FACT: json.dumps(rows, ensure_ascii=False)} if rows else {}


def attachments_of(facts: Mapping[str, Any]) -> list[Shown]:
    """Those that a record's facts tell, in order."""
    return [Shown(*row) for row in json.loads(facts.get(FACT) or "[]")]


def address_of(record: Record, shown: Shown) -> str:
    """Without a language: the file is the same for every reader."""
    return reverse("attachment", args=[record.public_id, shown.file_name])


def was_shown(record: Record, file_name: str) -> bool:
    """Whether an earlier version of a public record had it. One query."""
    contents = record.versions.values_list("content", flat=True)
    return any(
        each.file_name == file_name
        for content in contents
        for each in attachments_of(content.get("facts", {}))
    )


def told_of(record: Record) -> list[dict[str, Any]]:
    """For the API."""
    return [
        {
            "title": shown.title,
            "url": f"{settings.SITE_URL}{address_of(record, shown)}",
            "kind": shown.kind,
            "bytes": shown.bytes,
            "alt": shown.alternative,
            "sha256": shown.sha256,
        }
        for shown in attachments_of(record.facts)
    ]


def urls_of(record: Record) -> list[str]:
    """For lists and exports."""
    return [f"{settings.SITE_URL}{address_of(record, shown)}" for shown in attachments_of(record.facts)]


def passages_of(record: Record, language: str) -> Iterator[Passage]:
    """The words of its attachments, each passage under "Attachment: title" and with its page.

    One query, none without attachments.
    """
    shown = attachments_of(record.facts)
    if not shown:
        return
    rows = FileText.objects.filter(file__public_sha256__in=[each.sha256 for each in shown])
    texts = dict(rows.values_list("file__public_sha256", "blocks"))
    for each in shown:
        with override(language):
            heading = _("Attachment: %(title)s") % {"title": each.title}
        yield Passage(f"{each.title}. {each.alternative}".strip(), None, heading, 0)
        for passage in split_passages(blocks_of(texts.get(each.sha256, ""))):
            yield Passage(passage.text, passage.page, heading, 0)


def blocks_of(stored: str) -> list[Block]:
    """The blocks of a `FileText`; none of an empty one."""
    return [Block(text, page, heading) for page, heading, text in json.loads(stored or "[]")]
