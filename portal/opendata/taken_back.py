"""Whether a version of the ledger holds words that are public no more; `queries` and `domain` ask.

Withdrawal deletes the versions of a record, so that their number changes. A correction leaves them: what it
took away is found by comparing the version that the file holds with the one that is public.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from portal.opendata.models import LedgerFile
from portal.publication.models import RecordVersion

# Codes, keys, days and digests have no space; they are no words that somebody takes back.
_FACTS = "facts"


def marks() -> dict[str, int]:
    """The last version there is, how many there are and their sum: what a new file is told by. One query."""
    return RecordVersion.objects.aggregate(
        last_version=Coalesce(Max("pk"), 0), versions=Count("pk"), versions_sum=Coalesce(Sum("pk"), 0)
    )


def holds_what_was_taken_back(file: LedgerFile) -> bool:
    """Two queries, and two for each hundred corrections since they were last compared."""
    rows = RecordVersion.objects.filter(pk__lte=file.last_version)
    now = rows.aggregate(versions=Count("pk"), versions_sum=Coalesce(Sum("pk"), 0))
    if now != {"versions": file.versions, "versions_sum": file.versions_sum}:
        return True
    return any(words_in(before) - words_in(after) for before, after in _corrected(file))


def _corrected(file: LedgerFile) -> Iterator[tuple[Any, Any]]:
    """What the file holds of records that were corrected since, and what is public of them."""
    held = RecordVersion.objects.filter(record=OuterRef("record"), pk__lte=file.last_version)
    newest = RecordVersion.objects.filter(record=OuterRef("record")).order_by("-pk").values("pk")[:1]
    rows = RecordVersion.objects.filter(pk__gt=file.checked_version, pk=Subquery(newest))
    rows = rows.annotate(before=Subquery(held.order_by("-pk").values("content")[:1]))
    for row in rows.filter(before__isnull=False).order_by("pk").iterator(chunk_size=100):
        yield row.before, row.content


def words_in(content: Any) -> frozenset[str]:
    """Every text of a version; of facts only what has a space, inside JSON too."""
    facts = content.get(_FACTS, {})
    told = {name: value for name, value in content.items() if name not in (_FACTS, "links")}
    return frozenset({*_leaves(told), *(text for text in _leaves(_opened(facts)) if " " in text)})


def _opened(facts: dict[str, Any]) -> Any:
    return [_parsed(value) for value in facts.values()]


def _parsed(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
