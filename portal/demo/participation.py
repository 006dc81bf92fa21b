"""Who took part in the demo's consultation in Mexico City, and what was said in the room; `loading` calls it.

Listed organizations, networks, sessions and attendance, through the verbs that desk and commands call.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.languages import CODES, DEFAULT
from portal.consultations.attendance import COLUMNS, import_attendance
from portal.consultations.models import ConsultationBody, Session, SessionSpeaker
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, all_records, key_of, read
from portal.interventions import room
from portal.interventions.drafts import InterventionFields
from portal.interventions.enums import InterventionForm, Manner
from portal.moderation.domain import decide
from portal.networks.domain import MemberFields, NetworkFields, add_member, create_network
from portal.networks.leads import LeadFields, add_lead
from portal.organizations.directory import Directory
from portal.organizations.enums import Role
from portal.organizations.listing import ListedFields, list_organization
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.tables.writing import csv_bytes

CONSULTATION = "mexico"
ENTERED = timedelta(days=30)
READ_AFTER = timedelta(hours=22)


def load_participation(*, now: datetime) -> str:
    """Editors write all of it; a moderator publishes what was said in the room."""
    words = read("participation")
    editor, moderator = (
        person(User.objects.get(email=f"{name}@{DOMAIN}")) for name in ("editor", "moderator")
    )
    at, directory = now - ENTERED, Directory()
    for row in words["listed"]:
        _list(row, editor, at, directory)
    names = {row["key"]: row["name"] for row in (*all_records()["organizations"], *words["listed"])}
    known = {row.name: row for row in Organization.objects.filter(name__in=names.values())}
    organizations = {key: known[name] for key, name in names.items()}
    for row in words["networks"]:
        _network(row, organizations, editor, at)
    _meeting(words, organizations)
    _attendance(words["attendance"], names, editor, at)
    for row in words["said"]:
        _said(row, organizations, editor, moderator, at)
    counted = {name: len(words[name]) for name in ("listed", "networks", "sessions", "said")}
    return (
        "{listed} listed organizations, {networks} networks, {sessions} sessions, {said} in the room".format(
            **counted
        )
    )


def _list(words: Content, actor: Actor, now: datetime, directory: Directory) -> None:
    fields = ListedFields(
        name=words["name"],
        type_code=words["type"],
        language=words["language"],
        country=words["country"],
        acronym=words.get("acronym", ""),
        aliases=tuple(words.get("aliases", ())),
        description="",
    )
    key = key_of(f"listed.{words['key']}")
    list_organization(fields=fields, actor=actor, now=now, key=key, directory=directory)


def _network(words: Content, organizations: dict[str, Organization], actor: Actor, now: datetime) -> None:
    fields = NetworkFields(
        **{f"name_{code}": words[code] for code in CODES}, acronym=words["acronym"], is_public=True
    )
    network = create_network(fields=fields, actor=actor, now=now, slug=words["slug"])
    for row in words["members"]:
        member = MemberFields(
            organizations[row["organization"]], row["role"], row.get("since"), row.get("until")
        )
        add_member(network, fields=member, actor=actor, now=now)
    for row in words.get("leads", ()):
        lead = LeadFields(key_of(row["segment"]), row.get("since"), row.get("until"))
        add_lead(network, fields=lead, actor=actor, now=now)


def _meeting(words: Content, organizations: dict[str, Organization]) -> None:
    """Hosts, partners and sessions; the Wagtail admin writes them without a verb of ours."""
    keys = [organization.key for organization in organizations.values()]
    numbers = dict(
        published(RecordKind.ORGANIZATION).filter(source_key__in=keys).values_list("source_key", "pk")
    )
    records = {name: numbers[row.key] for name, row in organizations.items()}
    for position, row in enumerate(words["bodies"]):
        ConsultationBody.objects.create(
            consultation_key=key_of(CONSULTATION),
            organization_id=records[row["organization"]],
            role=row["role"],
            position=position,
        )
    for position, row in enumerate(words["sessions"]):
        _session(row, position, records)


def _session(words: Content, position: int, records: dict[str, int]) -> None:
    """By the consultation's clock; the roles are in Spanish or the speaker's own language."""
    consultations = {row["key"]: row for row in read("structure")["consultations"]}
    zone = ZoneInfo(consultations[CONSULTATION]["time_zone"])
    moments = (datetime.combine(words["day"], words[name], tzinfo=zone) for name in ("starts", "ends"))
    session = Session(
        key=key_of(f"{CONSULTATION}.sessions.{words['key']}"),
        consultation_key=key_of(CONSULTATION),
        kind=words["kind"],
        language=DEFAULT,
        place=words["place"],
        position=position,
        is_public=True,
        **{f"title_{code}": words[code] for code in CODES},
    )
    session.starts_at, session.ends_at = moments
    session.speakers = [
        SessionSpeaker(organization_id=records[row["organization"]], role=row["role"], sort_order=at)
        for at, row in enumerate(words["speakers"])
    ]
    session.save()


def _attendance(rows: list[Content], names: dict[str, str], actor: Actor, now: datetime) -> None:
    """As the table that an editor imports."""
    codes = [column.code for column in COLUMNS]
    told = [row | {"organization": names.get(row.get("organization", ""), "")} for row in rows]
    content = csv_bytes(codes, [[row.get(code, "") for code in codes] for row in told])
    report = import_attendance(content, consultation_key=key_of(CONSULTATION), actor=actor, now=now)
    if report.errors:
        raise ValueError(report.errors)


def _said(
    words: Content, organizations: dict[str, Organization], editor: Actor, moderator: Actor, now: datetime
) -> None:
    organization = organizations[words["organization"]]
    session = Session.objects.get(key=key_of(f"{CONSULTATION}.sessions.{words['session']}"))
    fields = InterventionFields(
        title=words["title"],
        language=words["language"],
        country=words["country"],
        form=InterventionForm.INTERVENTION.value,
        body=words["text"].strip(),
        question_keys=tuple(key_of(name) for name in words["questions"]),
        marks=words["marks"],
    )
    said = room.enter(
        organization,
        fields=fields,
        room=room.RoomFields(session, Manner(words["manner"]), words["source"], words["role"]),
        actor=editor,
        now=now,
        key=key_of(f"said.{words['key']}"),
    )
    decide("intervention", said.key, "approved", actor=moderator, now=now + READ_AFTER)
    if words.get("confirmed"):
        owner = person(organization.memberships.get(role=Role.OWNER).user)
        room.confirm(said, actor=owner, now=now + 2 * READ_AFTER)
