"""Sessions of a consultation, who stands behind it and who attended."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from portal.consultations.enums import BodyRole, Mode, SessionKind
from portal.consultations.models import Attendance, ConsultationBody, Session, SessionSpeaker
from portal.interventions.enums import Manner
from portal.interventions.models import Intervention, MadeInRoom
from portal.organizations.models import Organization
from portal.publication.models import Record

BEGINS = datetime(2024, 5, 16, 15, tzinfo=UTC)


def record_of(organization: Organization) -> Record:
    return Record.objects.get(kind="organization", source_key=organization.key)


def make_session(
    consultation_key: UUID,
    *,
    title: str = "Panel one",
    speakers: tuple[Organization, ...] = (),
    **fields: object,
) -> Session:
    """A public panel with a Spanish title; a minister spoke for each of the speakers."""
    values: dict[str, object] = {
        "kind": SessionKind.PANEL,
        "title_es": title,
        "language": "es",
        "starts_at": BEGINS,
        "is_public": True,
    }
    session = Session.objects.create(consultation_key=consultation_key, **(values | fields))
    for organization in speakers:
        SessionSpeaker.objects.create(
            session=session, organization=record_of(organization), role="ministra de justicia"
        )
    return session


def make_body(
    consultation_key: UUID, organization: Organization | None = None, *, name: str = "", is_host: bool = False
) -> ConsultationBody:
    return ConsultationBody.objects.create(
        consultation_key=consultation_key,
        organization=record_of(organization) if organization else None,
        name=name,
        role=BodyRole.HOST if is_host else BodyRole.PARTNER,
    )


def attend(
    consultation_key: UUID,
    organization: Organization | None = None,
    *,
    mode: Mode = Mode.PRESENT,
    category: str = "",
    persons: int | None = None,
) -> Attendance:
    return Attendance.objects.create(
        consultation_key=consultation_key,
        organization=record_of(organization) if organization else None,
        category=category or (organization.type_code if organization else ""),
        mode=mode,
        persons=persons,
    )


def make_room(intervention: Intervention, session: Session | None = None, **fields: object) -> MadeInRoom:
    """The intervention is one that the secretariat entered: spoken at a session by a minister."""
    Intervention.objects.filter(pk=intervention.pk).update(is_from_room=True)
    intervention.is_from_room = True
    values: dict[str, object] = {
        "session": session or make_session(uuid4()),
        "manner": Manner.SPOKEN,
        "speaker_role": "ministra de justicia",
        "source": "Recording, minute 12",
        "entered_at": BEGINS,
    }
    return MadeInRoom.objects.create(intervention=intervention, **(values | fields))
