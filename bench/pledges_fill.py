"""Brings the ledger to so many pledges and progress reports, as copies of the demo's; `portal_fill` calls it.

What is measured stays as it is in every size: the first pledges, their recommendations and mechanisms.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Any
from uuid import uuid4

from django.utils import timezone

BATCH = 500
# One pledge in ten is part of an umbrella pledge, which is one in a hundred; one in seven has no report.
UMBRELLA, PART, SILENT = 100, 10, 7
# So many pledges, at most half of all, carry out the action that is measured.
CROWD = 500


def fill(pledges: int, reports: int) -> None:
    from portal.publication.enums import RecordKind
    from portal.publication.figures import note_change

    said = sources_of(RecordKind.REPORT)
    if pledges < number_of(RecordKind.PLEDGE):
        _keep_first(RecordKind.REPORT, 0)
        _keep_first(RecordKind.PLEDGE, pledges)
    store(list(_pledges(pledges - number_of(RecordKind.PLEDGE))))
    store(list(_reports(said, reports - number_of(RecordKind.REPORT))))
    note_change()


def crowded(pledges: int) -> str:
    """The action of the first pledge, by its key; of so many pledges half carry it out, `CROWD` at most."""
    from portal.publication.enums import RecordKind, Relation
    from portal.publication.models import Record, RecordLink

    links = RecordLink.objects.filter(relation=Relation.CARRIES_OUT, record__kind=RecordKind.PLEDGE)
    key = links.order_by("record_id", "pk").values_list("target", flat=True)[0]
    wanted = min(CROWD, pledges // 2)
    own = set(links.filter(target=key).values_list("record_id", flat=True))
    others = Record.objects.filter(kind=RecordKind.PLEDGE, state="published").exclude(pk__in=own)
    chosen = others.order_by("pk").values_list("pk", flat=True)[: max(0, wanted - len(own))]
    RecordLink.objects.bulk_create(
        RecordLink(record_id=pk, relation=Relation.CARRIES_OUT, target=key, position=50) for pk in chosen
    )
    return str(key)


def number_of(kind: str) -> int:
    from portal.publication.models import Record

    return Record.objects.filter(kind=kind, state="published").count()


def _keep_first(kind: str, number: int) -> None:
    from portal.publication.models import Record

    rows = Record.objects.filter(kind=kind, state="published").order_by("pk")
    Record.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[number:])).delete()


def store(copies: list[tuple[Any, list[Any]]]) -> None:
    """Records, each with its links and a version."""
    from portal.publication.models import Record, RecordLink, RecordVersion

    Record.objects.bulk_create([record for record, _links in copies], batch_size=BATCH)
    RecordLink.objects.bulk_create([link for _record, links in copies for link in links], batch_size=BATCH)
    RecordVersion.objects.bulk_create(
        [
            RecordVersion(record=record, number=1, content={}, digest="", published_at=record.published_at)
            for record, _links in copies
        ],
        batch_size=BATCH,
    )


def _pledges(number: int) -> Iterator[tuple[Any, list[Any]]]:
    """Older than those of the demo; the joint ones with all their parties."""
    from portal.publication.enums import RecordKind, Relation
    from portal.publication.models import RecordLink

    umbrella = None
    for at, source in zip(range(number), cycle(sources_of(RecordKind.PLEDGE)), strict=False):
        facts = {"external_id": f"GRF-BENCH-{at}", "last_report_on": _last_day(at)}
        facts |= {"pledge_kind": "umbrella"} if at % UMBRELLA == 0 else {}
        copy, links = copy_of(source, at, facts)
        umbrella = copy if at % UMBRELLA == 0 else umbrella
        if umbrella is not None and at % PART == 1:
            links.append(RecordLink(record=copy, relation=Relation.PART_OF, target=umbrella.source_key))
        yield copy, links


def _reports(sources: list[Any], number: int) -> Iterator[tuple[Any, list[Any]]]:
    """On all pledges but the silent ones, the first ones first, a third of a year apart."""
    from portal.publication.enums import RecordKind
    from portal.publication.models import Record

    rows = Record.objects.filter(kind=RecordKind.PLEDGE, state="published").order_by("pk")
    rows = rows.only("pk", "kind", "source_key")
    speaking = [row for at, row in enumerate(rows) if at % SILENT != SILENT - 1]
    for at, source in zip(range(number), cycle(sources), strict=False):
        pledge, turn = speaking[at % len(speaking)], at // len(speaking)
        day = date.fromisoformat(_last_day(at % len(speaking)) or "2024-06-30") - timedelta(days=120 * turn)
        copy, links = copy_of(source, at, {"pledge": pledge.public_id, "reported_on": day.isoformat()})
        copy.year = day.year
        for link in links:
            link.target = str(pledge.source_key)
        yield copy, links


def _last_day(at: int) -> str:
    return "" if at % SILENT == SILENT - 1 else (timezone.now().date() - timedelta(days=at % 900)).isoformat()


def sources_of(kind: str) -> list[Any]:
    """Those of the demo."""
    from portal.publication.models import Record

    rows = Record.objects.filter(kind=kind, state="published").prefetch_related("links")
    return list(rows.order_by("pk"))


def copy_of(source: Any, at: int, facts: dict[str, str]) -> tuple[Any, list[Any]]:
    from portal.publication.models import Record, RecordLink

    names = [field.attname for field in Record._meta.concrete_fields if field.attname != "id"]
    copy = Record(**{name: getattr(source, name) for name in names})
    copy.source_key = uuid4()
    copy.title = f"{source.title[:280]} ({at})"
    copy.facts = source.facts | facts
    copy.published_at = copy.updated_at = timezone.now() - timedelta(days=1500, minutes=at)
    links = [
        RecordLink(record=copy, relation=link.relation, target=link.target, position=link.position)
        for link in source.links.all()
    ]
    return copy, links
