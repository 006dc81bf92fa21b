"""The sessions of a consultation as everybody may see them, with hosts and partners; page and API call it.

Of an organization its public record is told, of a file what the library shows: what was withdrawn is gone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from portal.cms.dates import day_or_days
from portal.common.formatting import clock
from portal.common.ids import public_id
from portal.consultations.enums import BodyRole, SessionKind
from portal.consultations.session_models import (
    ConsultationBody,
    Named,
    Session,
    SessionFile,
    SessionSpeaker,
)
from portal.library.models import LETTER
from portal.records.trace_links import foreign


@dataclass(frozen=True, slots=True)
class Body:
    """An organization: `id` and `url` where it is public here. `role` is the speaker's, in `role_lang`."""

    label: str
    id: str = ""
    url: str = ""
    lang: str = ""
    role: str = ""
    role_lang: str = ""


@dataclass(frozen=True, slots=True)
class File:
    label: str
    id: str
    url: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A public session for one reader; `lang` of its title and `place_lang` are empty where they agree."""

    key: UUID
    kind: SessionKind
    title: str
    lang: str
    place: str
    place_lang: str
    starts_at: datetime | None
    ends_at: datetime | None
    when: str
    recording: str
    speakers: list[Body] = field(default_factory=list)
    files: list[File] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Programme:
    """What is known of the meeting itself."""

    hosts: list[Body] = field(default_factory=list)
    partners: list[Body] = field(default_factory=list)
    sessions: list[ShownSession] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.hosts or self.partners or self.sessions)


def programmes(zones: Mapping[UUID, str], language: str) -> dict[UUID, Programme]:
    """By consultation, each with the name of its time zone. Four queries, none for none."""
    told = {key: Programme() for key in zones}
    if not zones:
        return told
    for row in ConsultationBody.objects.filter(consultation_key__in=zones).select_related("organization"):
        if (body := _body(row, language)) is not None:
            programme = told[row.consultation_key]
            (programme.hosts if row.role == BodyRole.HOST else programme.partners).append(body)
    rows = list(public_sessions().filter(consultation_key__in=zones))
    if rows:
        speakers, files = _speakers(rows, language), _files(rows, language)
        for row in rows:
            shown = _shown(row, language, zones[row.consultation_key])
            shown.speakers.extend(speakers[row.pk])
            shown.files.extend(files[row.pk])
            told[row.consultation_key].sessions.append(shown)
    return told


def public_sessions() -> QuerySet[Session]:
    """Those that editors have made public, in the order of the meeting."""
    return Session.objects.filter(is_public=True)


def numbers_of_sessions() -> dict[UUID, int]:
    """By consultation, public sessions and bodies behind it together. Two queries."""
    counts: dict[UUID, int] = defaultdict(int)
    for rows in (public_sessions(), ConsultationBody.objects.all()):
        counted = rows.order_by().values_list("consultation_key")
        for key, number in counted.annotate(number=Count("pk")):
            counts[key] += number
    return dict(counts)


def as_json(programme: Programme) -> dict[str, object]:
    """For the read API."""
    return {
        "hosts": [_body_row(body) for body in programme.hosts],
        "partners": [_body_row(body) for body in programme.partners],
        "sessions": [_session_row(row) for row in programme.sessions],
    }


def _session_row(row: ShownSession) -> dict[str, object]:
    return {
        "id": str(row.key),
        "kind": row.kind.value,
        "title": row.title,
        "starts_at": row.starts_at.isoformat() if row.starts_at else None,
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
        "place": row.place,
        "recording": row.recording,
        "speakers": [_body_row(body) | {"role": body.role} for body in row.speakers],
        "files": [{"id": file.id, "title": file.label, "url": file.url} for file in row.files],
    }


def _body_row(body: Body) -> dict[str, str]:
    return {"id": body.id, "title": body.label, "url": body.url}


def _shown(row: Session, language: str, zone: str) -> ShownSession:
    title, spoken = row.titled(language)
    return ShownSession(
        key=row.key,
        kind=SessionKind(row.kind),
        title=title,
        lang=foreign(spoken, language),
        place=row.place,
        place_lang=foreign(row.language, language),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        when=when(row.starts_at, row.ends_at, zone),
        recording=row.recording,
    )


def when(starts: datetime | None, ends: datetime | None, zone: str) -> str:
    """`17 May 2024, 09:00–12:30`, by the consultation's clock."""
    if starts is None:
        return ""
    first, last = _by_clock(starts, zone), _by_clock(ends, zone) if ends else None
    if last is not None and last.date() != first.date():
        return day_or_days(first.date(), last.date())
    hours = f"{clock(first)}–{clock(last)}" if last else clock(first)
    return f"{day_or_days(first.date())}, {hours}"


def _by_clock(moment: datetime, zone: str) -> datetime:
    """As it is where no calendar has that day in the zone: one stored before forms asked for the year."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:
        return moment


def _body(row: Named, language: str, role: str = "", role_lang: str = "") -> Body | None:
    """Its public record, else its name; nothing of an organization that was withdrawn."""
    record = row.organization
    if record is None:
        return Body(row.name, role=role, role_lang=role_lang)
    if not record.is_published:
        return None
    lang = foreign(record.language, language)
    return Body(record.title, record.public_id, record.path(language), lang, role, role_lang)


def _speakers(rows: Collection[Session], language: str) -> dict[int, list[Body]]:
    """By session. One query."""
    spoken = {row.pk: foreign(row.language, language) for row in rows}
    told: dict[int, list[Body]] = defaultdict(list)
    for row in SessionSpeaker.objects.filter(session__in=spoken).select_related("organization"):
        body = _body(row, language, row.role, spoken[row.session_id])
        if body is not None:
            told[row.session_id].append(body)
    return told


def _files(rows: Collection[Session], language: str) -> dict[int, list[File]]:
    """By session, those that the library shows. One query."""
    told: dict[int, list[File]] = defaultdict(list)
    files = SessionFile.objects.filter(session__in=rows, document__live=True)
    for session, pk, title, spoken in files.order_by("sort_order", "pk").values_list(
        "session_id", "document_id", "document__title", "document__language"
    ):
        number = public_id(LETTER, pk)
        lang = foreign(spoken, language)
        told[session].append(File(title, number, f"/{language}/library/{number}/", lang))
    return told
