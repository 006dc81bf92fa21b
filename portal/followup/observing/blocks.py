"""What observations add to the public pages of what they are about; the app's configuration declares it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from portal.followup.observing.records import OBSERVATION
from portal.followup.observing.subjects import OPEN_TO_ALL
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import ACTION
from portal.publication.models import Record
from portal.publication.queries import in_language, linking_to
from portal.records.listing import ListItem, list_item
from portal.records.types import Block, Shown
from portal.taxonomy.queries import organization_type_names

TEMPLATE, NAMED = "followup/observations.html", 5
# Kinds of records on whose pages they stand.
KINDS = (
    *(RecordKind.INTERVENTION, RecordKind.PRACTICE, RecordKind.RECOMMENDATION, RecordKind.PLEDGE),
    *(RecordKind.REPORT, RecordKind.ASSESSMENT, RecordKind.ORGANIZATION),
)


def _of_record(shown: Shown) -> dict[str, Any]:
    record = shown.record
    rows = _newest(str(record.source_key), shown.language)
    items = [_item(row, shown.language, shown.type_names, shown.now) for row in rows]
    return _block(record.kind, record.public_id, items, shown.language)


def of_node(node: PlanNode, language: str) -> dict[str, Any]:
    """Of actions only."""
    if node.kind != NodeKind.ACTION:
        return {"rows": []}
    rows, now = _newest(node.key, language), timezone.now()
    names = organization_type_names(language) if rows else {}
    items = [_item(row, language, names, now) for row in rows]
    return _block(ACTION, node.key, items, language)


def _newest(key: str, language: str) -> list[Record]:
    """One more than are named. One query, two where there are any."""
    return list(in_language(linking_to(Relation.OBSERVES, [key]), language)[: NAMED + 1])


def _item(record: Record, language: str, names: Mapping[str, str], now: datetime) -> ListItem:
    return list_item(record, language, type_names=names, badges_at=now, more=(record.public_id,))


def _block(kind: str, identity: str, items: list[ListItem], language: str) -> dict[str, Any]:
    """With the way to all of them and to one more."""
    return {
        "template": TEMPLATE,
        "anchor": "observations",
        "rows": items[:NAMED],
        "all": f"{OBSERVATION.address(language)}?subject={identity}" if items[NAMED:] else "",
        "add": _way_to_the_desk(identity) if kind in OPEN_TO_ALL else "",
    }


def _way_to_the_desk(identity: str) -> str:
    """It leads through the accounts, which let signed-in people pass."""
    wanted = f"{reverse('observations_desk:new')}?{urlencode({'subject': identity})}"
    return f"/accounts/login/?{urlencode({'next': wanted})}"


BLOCKS = tuple((kind, Block(TEMPLATE, _of_record)) for kind in KINDS)
