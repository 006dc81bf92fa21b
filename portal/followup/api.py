"""Read API of `portal.followup`: the thread through any public thing."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from portal.consultations.threads import Joint
from portal.followup.thread import trace
from portal.publication.paging import Reader, reader_language

router = Router(tags=["trace"])


class Item(Schema):
    """`id` is a public number, or the translation key of a guiding question."""

    id: str
    kind: str
    title: str
    url: str
    language: str
    organization: str


class StageItems(Schema):
    stage: str
    items: list[Item]


class TraceOut(Item):
    """All seven stages from `guiding_question` to `review`, in order; empty ones too."""

    thread: list[StageItems]


@router.get("/trace/{public_id}", response=TraceOut)
def read_trace(request: HttpRequest, public_id: str, ui: Reader = "") -> dict[str, Any]:
    """What hangs together with an intervention, a pledge, an organization or a guiding question."""
    found = trace(public_id, reader_language(request, ui))
    thread = [
        {"stage": stage.value, "items": [_item(row) for row in rows]} for stage, rows in found.thread.items()
    ]
    return {**_item(found.subject), "thread": thread}


def _item(row: Joint) -> dict[str, str]:
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "url": row.url,
        "language": row.language,
        "organization": row.author,
    }
