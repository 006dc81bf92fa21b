"""What a kind of record that shows attachments declares: facts, page and API."""

from typing import Any

from portal.attachments.public import address_of, attachments_of, passages_of, told_of, urls_of
from portal.files.enums import FileType
from portal.publication.models import Record
from portal.records.types import Block, Shown


def _listed(shown: Shown) -> dict[str, Any]:
    """Inputs of `attachments/list.html`."""
    record = shown.record
    return {
        "lang": record.language if record.language != shown.language else "",
        "rows": [
            {"shown": each, "kind": FileType(each.kind).label, "url": address_of(record, each)}
            for each in attachments_of(record.facts)
        ],
    }


def detail(record: Record, language: str) -> dict[str, Any]:
    return {"attachments": told_of(record)}


def facts(record: Record) -> dict[str, Any]:
    return {"attachment_urls": urls_of(record)}


BLOCK = Block("attachments/list.html", _listed)
found_in = passages_of
