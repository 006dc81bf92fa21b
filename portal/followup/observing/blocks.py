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
from portal.publication.queries import in_language, linking_to
from portal.records.listing import list_item
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
    about = (record.kind, str(record.source_key), record.public_id)
    return _observed(*about, shown.language, shown.type_names, shown.now)


def of_node(node: PlanNode, language: str) -> dict[str, Any]:
    """Of actions only."""
    if node.kind != NodeKind.ACTION:
        return {"rows": []}
    names = organization_type_names(language)
    return _observed(ACTION, node.key, node.key, language, names, timezone.now())


def _observed(
    kind: str, key: str, identity: str, language: str, names: Mapping[str, str], now: datetime
) -> dict[str, Any]:
    """The newest, and the way to all of them and to one more. One query, two where there are any."""
    rows = list(in_language(linking_to(Relation.OBSERVES, [key]), language)[: NAMED + 1])
    return {
        "template": TEMPLATE,
        "anchor": "observations",
        "rows": [
            list_item(row, language, type_names=names, badges_at=now, more=(row.public_id,))
            for row in rows[:NAMED]
        ],
        "all": f"{OBSERVATION.address(language)}?subject={identity}" if rows[NAMED:] else "",
        "add": _way_to_the_desk(identity) if kind in OPEN_TO_ALL else "",
    }


def _way_to_the_desk(identity: str) -> str:
    """It leads through the accounts, which let signed-in people pass."""
    wanted = f"{reverse('observations_desk:new')}?{urlencode({'subject': identity})}"
    return f"/accounts/login/?{urlencode({'next': wanted})}"


BLOCKS = tuple((kind, Block(TEMPLATE, _of_record)) for kind in KINDS)
