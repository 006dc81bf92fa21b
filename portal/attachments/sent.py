"""Attachments in the content of a receipt; types whose model has `attachments` name them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.attachments.models import Attachment
from portal.common.reviews import Field, Link, Reader


def sent_attachments(row: Any, attachments: Sequence[Attachment]) -> dict[str, object]:
    """For the receipt; nothing where there are none, so that the digest of others stays."""
    rows = [
        {
            "of": f"{row.kind}/{row.key}",
            "key": str(each.file.key),
            "name": each.file.name,
            "kind": each.file.kind,
            "size": each.file.size,
            "sha256": each.file.sha256,
            "title": each.title,
            "alternative": each.alternative,
        }
        for each in attachments
    ]
    return {"attachments": rows} if rows else {}


def _links(rows: Sequence[dict[str, Any]], reader: Reader) -> tuple[Link, ...]:
    """To the files as readers will get them, for those who may read the text."""
    return tuple(Link(_told(row), _address(row)) for row in rows)


def _told(row: dict[str, Any]) -> str:
    told = ": ".join(filter(None, (row["title"], row["alternative"])))
    code = _("control code %(code)s…") % {"code": row["sha256"][:12]}
    return f"{told} ({row['name']}, {code})"


def _address(row: dict[str, Any]) -> str:
    kind, _slash, key = str(row["of"]).partition("/")
    return reverse("attached:file", args=[kind, key, row["key"]])


ATTACHMENTS = Field("attachments", _("Attachments"), links=_links)
