"""Reads of who took part in a consultation, from what is public and from the tables of attendance."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from portal.common.collation import in_order
from portal.conclusions.evidence_queries import spoken
from portal.conclusions.models import PublicConclusions
from portal.conclusions.participation.counting import Counted, Presence, Way, counted
from portal.consultations.enums import Mode
from portal.consultations.models import Attendance, SessionSpeaker
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.queries import name_of, published
from portal.records.trace_links import foreign


def presences_at(consultation_key: UUID) -> list[Presence]:
    """Published interventions, speakers of public sessions, attendances. Six queries."""
    return [
        *_spoken(consultation_key),
        *_speakers(consultation_key),
        *_attendances(consultation_key),
    ]


@counted_once
def public_figures() -> dict[UUID, dict[str, Counted]]:
    """Participants by category of each consultation with public conclusions; numbers and record rows only."""
    rows = PublicConclusions.objects.filter(is_current=True).order_by()
    keys = rows.values_list("consultation_key", flat=True)
    return {key: counted(presences_at(key)) for key in keys}


def organizations_named(pks: Collection[int], language: str) -> dict[int, dict[str, str]]:
    """Links to those that are public now, as the language calls and sorts them. One query, or none."""
    if not pks:
        return {}
    rows = published(RecordKind.ORGANIZATION).select_related(None).filter(pk__in=pks)
    named = {row: name_of(row, language) for row in rows.only("pk", "kind", "title", "language", "facts")}
    return {
        row.pk: {"label": name, "url": row.path(language), "lang": foreign(spoken, language)}
        for row, (name, spoken) in in_order(named.items(), lambda item: item[1][0], language)
    }


def links_of(row: Counted, named: Mapping[int, dict[str, str]]) -> list[dict[str, str]]:
    """The public ones of a category, as links."""
    own = set(row.organizations)
    return [link for pk, link in named.items() if pk in own]


def _spoken(key: UUID) -> Iterator[Presence]:
    for row in spoken(key).values():
        if row.organization is not None:
            yield Presence(Way.SPOKE, row.type_code, row.organization)


def _speakers(key: UUID) -> Iterator[Presence]:
    rows = SessionSpeaker.objects.filter(
        session__consultation_key=key, session__is_public=True, organization__isnull=False
    )
    for organization, code in rows.order_by("pk").values_list("organization_id", "organization__type_code"):
        yield Presence(Way.SPOKE, code, organization)


def _attendances(key: UUID) -> Iterator[Presence]:
    rows = Attendance.objects.filter(consultation_key=key).order_by("pk")
    for organization, code, mode, persons in rows.values_list(
        "organization_id", "category", "mode", "persons"
    ):
        way = Way.SIGNED if mode == Mode.SIGNED else Way.ATTENDED
        yield Presence(way, code, organization, persons or 0, is_told=True)
