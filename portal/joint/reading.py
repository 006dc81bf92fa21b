"""What an invited organization may read of a text, and nothing else of it: the frozen words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.urls import reverse

from portal.common.reviews import Fact, Reader, Reading, reading_of
from portal.joint.models import Signature
from portal.publication.models import Record
from portal.publication.queries import published
from portal.submissions.states import STATES, SubmissionState
from portal.submissions.types import SubmissionType, submission_type

# Of a file, for members and the secretariat.
OPENED = "attached:file"


@dataclass(frozen=True, slots=True)
class Asked:
    """A signature with the text it is about. Of `row`, the submission, state and authors are told.

    `record`: what is public of it. A passage may be left out there, so the frozen text is read only while it
    can be signed.
    """

    signature: Signature
    of: SubmissionType
    row: Any
    record: Record | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.row.state == SubmissionState.AWAITING_SIGNATURES)

    @property
    def is_being_changed(self) -> bool:
        return self.row.state in STATES.editable

    @property
    def is_readable(self) -> bool:
        """While it can be signed; afterwards what is public of it is."""
        return bool(self.content) and self.is_open

    @property
    def content(self) -> dict[str, Any]:
        text = self.signature.statement.content
        content: dict[str, Any] = json.loads(text) if text else {}
        return content

    @property
    def title(self) -> tuple[str, str]:
        """The frozen title, later the public one, with its language; two empty ones where there is none."""
        if self.record is not None and not self.is_open:
            return self.record.title, self.record.language
        content = self.content if self.is_readable else {}
        return str(content.get("title", "")), str(content.get("language", ""))

    @property
    def files(self) -> frozenset[UUID]:
        """Keys of the files of the frozen text, while it may be read."""
        named = self.content.get("attachments", ()) if self.is_readable else ()
        return frozenset(UUID(each["key"]) for each in named)

    def reading(self, language: str) -> Reading | None:
        """The frozen text in words, its files at the signatory's own addresses; None where it may not be."""
        if not self.is_readable:
            return None
        key = self.signature.key
        files = {reverse(OPENED, args=[self.of.kind, self.row.key, each]): each for each in self.files}
        own = {url: reverse("signatures:file", args=[key, each]) for url, each in files.items()}
        return read_only(self.of, self.content, language, own)


def read_only(
    of: SubmissionType, content: dict[str, Any], language: str, own: Mapping[str, str] = MappingProxyType({})
) -> Reading:
    """In words, with `own` for addresses that only the text's own organization opens, or none."""
    told = reading_of(of.fields, content, Reader(language))
    return replace(told, facts=tuple(_without_desk(fact, own) for fact in told.facts))


def _without_desk(fact: Fact, own: Mapping[str, str]) -> Fact:
    links = (
        replace(link, url=own.get(link.url, "")) if "/desk/" in link.url else link for link in fact.links
    )
    return replace(fact, links=tuple(links))


def with_texts(signatures: Iterable[Signature]) -> list[Asked]:
    """Each with its submission, without those that are gone. One query for each kind, and one more."""
    told = list(signatures)
    rows: dict[tuple[str, UUID], Any] = {}
    for kind in sorted({each.statement.kind for each in told}):
        keys = [each.statement.submission_key for each in told if each.statement.kind == kind]
        texts = submission_type(kind).model._default_manager.filter(key__in=keys)
        rows |= {(kind, row.key): row for row in texts.select_related("organization")}
    public = {row.source_key: row for row in published().filter(source_key__in=[key for _kind, key in rows])}
    return [
        Asked(
            each,
            submission_type(each.statement.kind),
            rows[_of(each)],
            public.get(each.statement.submission_key),
        )
        for each in told
        if _of(each) in rows
    ]


def _of(signature: Signature) -> tuple[str, UUID]:
    return signature.statement.kind, signature.statement.submission_key
