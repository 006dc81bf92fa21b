"""A word in all that tells who an organization is, and its people, is nowhere once its name is withheld.

Everywhere: every table, every public page and file, the read API, the search and its index, mails, logs, and
the desks of everybody but its members and the protection focal points who have said why.
"""

import io
import logging
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.common.languages import CODES
from portal.files.domain import store_file
from portal.interventions.models import Intervention
from portal.matching.enums import HelpState
from portal.matching.models import HelpOffer
from portal.moderation.domain import decide
from portal.organizations import domain as organizations
from portal.organizations import protecting
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.identities import pseudonym
from portal.organizations.members.inviting import Invited, invite
from portal.organizations.models import Organization, Proof
from portal.organizations.verifying.cases import Case
from portal.organizations.verifying.files import add_proof
from portal.pledges.enums import PartyState
from portal.pledges.models import Pledge
from portal.practices.models import Practice
from portal.publication.models import Record
from portal.records.types import record_types
from portal.reports.models import Report
from portal.submissions.states import SubmissionState
from tests.desk.test_leaks import api_addresses, crawl
from tests.factories import (
    make_consultation,
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_report,
    make_user,
    publish_intervention,
    publish_organization,
    publish_pledge,
    publish_practice,
    publish_report,
)
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_observation,
    make_reply,
    make_seat,
    open_cycle_now,
    publish_assessment,
    publish_observation,
)
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.factories.sessions import make_session
from tests.files.builders import telling_pdf
from tests.thinning import rarely, thinned

NOW = timezone.now()
# In what tells who the organization is, in its people, in its files.
NAME, PERSON, FILE = "zarzaparrilla", "quinquagesima", "marsupialdelta"
WORDS = (NAME, PERSON, FILE)
# By which a pledge is known in other lists.
NUMBER = "GRF-987654"
TELLING: dict[str, Any] = {
    "name": f"Casa {NAME.title()}",
    "acronym": NAME.upper(),
    "website": f"https://{NAME}.example.org",
    "aliases": [f"Hogar {NAME}"],
    "description": f"Somos {NAME}.",
    "evidence": f"Registro de {NAME}.",
}
# Where each may stand: read by its members and, with a reason, by the focal points; or who the people are.
KEPT = {
    (NAME, "organizations_protectedidentity"),
    (PERSON, "accounts_user"),
    (PERSON, "account_emailaddress"),
    (FILE, "files_storedfile"),
}


@dataclass(frozen=True, slots=True)
class Told:
    organization: Organization
    owner: User
    number: str


def write_all(organization: Organization, owner: User, pages: ConsultationTree) -> list[Record]:
    """Something public of each kind, and what others say of it."""
    other = make_organization(state=OrganizationState.VERIFIED, owner=make_user(), name="Other of all")
    publish_organization(other)
    asked = {"questions": pages.questions}
    said = make_intervention(organization, state=SubmissionState.PUBLISHED, **asked)
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED, needs=["money"], external_id=NUMBER)
    records = [
        publish_intervention(said),
        publish_practice(make_practice(organization, state=SubmissionState.PUBLISHED, **asked)),
        publish_pledge(pledge),
    ]
    paper = store_file(f"{FILE} paper".encode(), f"{FILE}.txt", actor=person(owner), now=NOW)
    report = make_report(pledge, text="Two offices.")
    report.evidence.create(file=paper)
    records.append(publish_report(report))
    joint = make_pledge(other, state=SubmissionState.PUBLISHED, pledge_kind="joint")
    joint.parties.create(organization=organization, role="partner", state=PartyState.CONFIRMED)
    records.append(publish_pledge(joint))
    HelpOffer.objects.create(need=joint, offer=pledge, state=HelpState.ACCEPTED, offered_at=NOW)
    assessment = make_assessment(pledge, other, state=SubmissionState.PUBLISHED)
    make_reply(assessment, organization, state=SubmissionState.PUBLISHED)
    records.append(publish_assessment(assessment))
    open_cycle_now()
    observation = make_observation(
        organization, record=publish_pledge(make_pledge(other)), state=SubmissionState.PUBLISHED
    )
    records.append(publish_observation(observation))
    make_seat(make_body(), organization)
    make_network_member(make_network(slug="bridges", is_public=True), organization)
    make_session(pages.consultation["es"].translation_key, speakers=(organization,), is_public=True)
    return records


@pytest.fixture(scope="module")
def pages(module_rows: None) -> ConsultationTree:
    return make_consultation()


@pytest.fixture(scope="module")
def outbox() -> list[str]:
    return []


@pytest.fixture(scope="module")
def told(pages: ConsultationTree, outbox: list[str], tmp_path_factory: Any) -> Iterator[Told]:
    """Public under its name, with something of each kind; then its name is withheld."""
    with override_settings(PRIVATE_MEDIA_ROOT=tmp_path_factory.mktemp("private")), logged(outbox):
        for _each in range(4):
            publish_organization(make_organization(state=OrganizationState.VERIFIED, country="HN"))
        owner = make_user(name=f"Ana {PERSON}", email=f"ana@{PERSON}.example.org")
        organization = make_organization(owner=owner, **TELLING)
        add_proof(Case(organization), telling_pdf(), f"{FILE}.pdf", actor=person(owner), now=NOW)
        organizations.submit_organization(organization, actor=person(owner), now=NOW)
        organizations.verify_organization(organization, actor=system("tests"), now=NOW)
        organization.refresh_from_db()
        number = Record.objects.get(source_key=organization.key).public_id
        write_all(organization, owner, pages)
        assert hits_in_tables() > {(NAME, "publication_record"), (NAME, "publication_recordversion")}
        mail.outbox.clear()
        protecting.protect(organization, actor=person(owner), now=NOW)
        organization.refresh_from_db()
        go_on(organization, owner, pages)
        outbox += [f"{each.to} {each.subject} {each.body} {each.extra_headers}" for each in mail.outbox]
        yield Told(organization, owner, number)


def go_on(organization: Organization, owner: User, pages: ConsultationTree) -> None:
    """What its members do afterwards, and the secretariat with them."""
    moderator = person(make_user(Group.MODERATOR))
    for verdict in ("returned", "approved"):
        row = make_intervention(
            organization, state=SubmissionState.SUBMITTED, author=owner, questions=pages.questions
        )
        decide("intervention", row.key, verdict, reason="Please say where.", actor=moderator, now=NOW)
    invited = Invited("guest@example.org", Role.EDITOR, "es")
    invite(organization, to=invited, actor=person(owner), now=NOW)
    focal_point = person(make_user(Group.PROTECTION))
    protecting.reveal(organization, reason="A question", actor=focal_point, now=NOW - timedelta(hours=1))


@contextmanager
def logged(lines: list[str]) -> Iterator[None]:
    """Every line that anything writes to a log."""
    handler, root = logging.StreamHandler(Lines(lines)), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


class Lines(io.StringIO):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def write(self, text: str) -> int:
        self.lines.append(text)
        return len(text)


def hits_in_tables() -> set[tuple[str, str]]:
    """The words that stand anywhere in a table, each with the table."""
    with connection.cursor() as cursor:
        return {hit for table in connection.introspection.table_names(cursor) for hit in _hits(cursor, table)}


def _hits(cursor: Any, table: str) -> Iterator[tuple[str, str]]:
    cursor.execute(f'SELECT * FROM "{table}"')  # names of our tables
    text = str(cursor.fetchall()).lower()
    yield from ((word, table) for word in WORDS if word in text)


def test_no_table_holds_it_but_those_that_keep_who_they_are(told: Told) -> None:
    assert hits_in_tables() == KEPT


def test_no_mail_and_no_log_holds_it(told: Told, outbox: list[str]) -> None:
    assert [line for line in outbox if NAME in line.lower()] == []
    to_others = [line for line in outbox if told.owner.email not in line]
    assert [line for line in to_others if PERSON in line.lower()] == []
    assert sum("event=" in line for line in outbox) > 30
    assert sum(pseudonym(told.organization) in line for line in outbox) > 2


def in_public(client: Client, number: str, codes: Sequence[str]) -> dict[str, str]:
    """Text of every public page, file and answer."""
    call_command("drain_outbox", verbosity=0)
    paths = [*api_addresses(client), "/sitemap.xml", "/robots.txt", f"/r/{number}/"]
    pages = crawl(client, paths)
    for code in codes:
        lists = [f"/{code}/{each.path}/" for each in record_types()]
        files = [f"{path}?format={form}" for path in lists for form in ("csv", "xlsx", "json")]
        more = [f"/{code}/search/suggest/?q={NAME[:6]}", f"/{code}/calendar.ics"]
        pages |= crawl(client, [*lists, *files, *more, *(f"{path}feed/" for path in lists)], f"/{code}/")
        pages |= crawl(client, [record.path(code) for record in Record.objects.all()], "nowhere")
        tables = [path for path in files if "xlsx" in path]
        pages |= {path: (200, unpacked(b"".join(client.get(path)))) for path in tables}
    return {path: text for path, (_status, text) in pages.items()}


def unpacked(table: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(table)) as file:
        return "".join(file.read(name).decode(errors="replace") for name in file.namelist())


@pytest.mark.parametrize("codes", [("es",), rarely(CODES)])
def test_nothing_public_tells_who_it_is(codes: Sequence[str], told: Told, client: Client, db: None) -> None:
    pages = in_public(client, told.number, codes)
    telling = (*WORDS, NUMBER.lower(), str(told.organization.key))
    leaks = [(path, word) for path, text in pages.items() for word in telling if word in text.lower()]
    assert leaks == []
    assert client.get("/api/v1/search", {"q": NAME}).json()["total"] == 0
    assert [path for path, text in pages.items() if pseudonym(told.organization) in text] == []
    del pages["/api/v1/openapi.json"]  # Its example has a number.
    assert [path for path, text in pages.items() if told.number in text and told.number not in path] == []
    assert sum("name withheld" in text or "nombre reservado" in text for text in pages.values()) > 10


READERS: dict[str, tuple[Group, ...]] = {
    "all but the focal point": tuple(group for group in Group if group != Group.PROTECTION),
    "focal point": (Group.PROTECTION,),
    "other organization": (),
    **{str(group): (group,) for group in Group if group != Group.PROTECTION},
}
DECIDING = {Group.MODERATOR, Group.PROTECTION, Group.ADMINISTRATOR}


@pytest.mark.parametrize("reader", thinned(READERS, "all but the focal point".__eq__))
def test_no_desk_of_others_tells_who_it_is(reader: str, told: Told, client: Client, db: None) -> None:
    user = make_user(*READERS[reader])
    add_member(Organization.objects.get(name="Other of all"), user, Role.OWNER)
    client.force_login(user)
    key = told.organization.key
    rows = [
        *Intervention.objects.all(),
        *Pledge.objects.all(),
        *Practice.objects.all(),
        *Report.objects.all(),
    ]
    start = ["/en/desk/", "/en/desk/moderation/", f"/en/desk/moderation/organization/{key}/"]
    start += [f"/en/desk/moderation/{row.kind}/{row.key}/" for row in rows]
    start += [f"/en/desk/{row.kind}s/{row.key}/" for row in rows]
    start += [f"/en/desk/organizations/{key}/{page}" for page in ("", "proofs/", "members/", "protection/")]
    start += [f"/en/desk/organizations/{key}/proofs/files/{proof.key}/" for proof in Proof.objects.all()]
    pages = crawl(client, start, within="/en/desk/")
    hits = [(path, word) for path, (_status, text) in pages.items() for word in WORDS if word in text.lower()]
    assert hits == []
    asked = [status for path, (status, _text) in pages.items() if "/moderation/" in path]
    assert (200 in asked) == (403 not in asked) == bool(DECIDING & {*READERS[reader]})


def test_a_focal_point_reads_it_once_they_have_said_why(told: Told, client: Client, db: None) -> None:
    user = make_user(Group.PROTECTION)
    client.force_login(user)
    page = f"/en/desk/organizations/{told.organization.key}/reveal/"
    assert client.get(page).headers["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery"})
    assert NAME not in client.get(page).text.lower()
    assert client.post(page, {"reason": "To verify it"}).status_code == 302
    text = client.get(page).text.lower()
    assert all(word in text for word in WORDS)
    (proof,) = Proof.objects.all()
    file = f"/en/desk/organizations/{told.organization.key}/proofs/files/{proof.key}/"
    assert client.get(file).status_code == 200
