"""The interventions beside a draft: what is published on a segment, and what waits for its decision."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.common.folding import folded
from portal.common.ids import public_id
from portal.conclusions.evidence_queries import segments_by_target, spoken_on
from portal.conclusions.models import Conclusions
from portal.interventions.models import Intervention
from portal.interventions.queries import contributed_on
from portal.publication.enums import RecordKind, RecordState
from portal.publication.kinds import ledger_kind
from portal.publication.models import Record
from portal.submissions.states import STATES


@dataclass(frozen=True, slots=True)
class Heard:
    """One intervention as its public record says it, else as it was submitted; `number` is empty then."""

    key: UUID
    number: str
    title: str
    language: str
    organization: str
    type_code: str
    country: str
    body: str
    recommendations: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        return bool(self.number)

    @property
    def texts(self) -> dict[str, str]:
        """By the field that evidence names."""
        asked = {f"recommendations.{at}": text for at, text in enumerate(self.recommendations)}
        return {"body": self.body} | asked


def heard_keys(conclusions: Conclusions, segment: str | None = None) -> list[UUID]:
    """Of a segment by its number, or of the whole consultation: published ones first. Five queries."""
    placed = segments_by_target(conclusions.consultation_key)
    targets = {target: number for target, number in placed.items() if segment in (None, number)}
    public = spoken_on(targets)
    waiting = Intervention.objects.filter(contributed_on(targets), state__in=STATES.waiting)
    keys = waiting.order_by("submitted_at", "pk").values_list("key", flat=True)
    ordered = sorted(public, key=lambda key: public[key].pk)
    return [*ordered, *(key for key in dict.fromkeys(keys) if key not in public)]


def heard(keys: Collection[UUID]) -> dict[UUID, Heard]:
    """Those that an editor may read now, in the order of the keys. Two queries."""
    records = Record.objects.filter(kind=RecordKind.INTERVENTION, source_key__in=keys)
    readable, known = {}, set()
    for record in records.select_related("organization"):
        known.add(record.source_key)
        if record.state == RecordState.PUBLISHED:
            readable[record.source_key] = _published(record)
    rows = Intervention.objects.filter(key__in=set(keys) - known, state__in=STATES.waiting)
    readable |= {row.key: _submitted(row) for row in rows.select_related("organization")}
    return {key: readable[key] for key in keys if key in readable}


def matching(
    rows: Iterable[Heard],
    *,
    q: str = "",
    type_code: str = "",
    only: str = "",
    counts: Mapping[UUID, int],
) -> list[Heard]:
    """Those with the words anywhere, of a type of organization; `only`: new, used, waiting."""
    wanted = folded(q).split()
    return [
        row
        for row in rows
        if _is_of(only, row, counts.get(row.key, 0))
        and type_code in ("", row.type_code)
        and all(word in _all_of(row) for word in wanted)
    ]


def _is_of(only: str, row: Heard, attached: int) -> bool:
    match only:
        case "new":
            return not attached
        case "used":
            return attached > 0
        case "waiting":
            return not row.is_public
    return True


def _all_of(row: Heard) -> str:
    return folded(" ".join((row.number, row.title, row.organization, *row.texts.values())))


def _published(record: Record) -> Heard:
    texts = record.texts
    return Heard(
        key=record.source_key,
        number=public_id(ledger_kind(RecordKind.INTERVENTION).letter, record.pk),
        title=record.title,
        language=record.language,
        organization=record.author_name,
        type_code=record.type_code,
        country=record.country,
        body=str(texts.get("body", "")),
        recommendations=tuple(map(str, texts.get("recommendations", ()))),
    )


def _submitted(row: Intervention) -> Heard:
    return Heard(
        key=row.key,
        number="",
        title=row.title,
        language=row.language,
        organization=row.organization.name,
        type_code=row.organization.type_code,
        country=row.country,
        body=row.body,
        recommendations=tuple(map(str, row.recommendations)),
    )
