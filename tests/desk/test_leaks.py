"""Nothing private leaves the private half: every reader, every address, with a word that could leak."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.languages import CODES
from portal.conclusions.models import PublicDisposition
from portal.interventions.models import Intervention
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.practices.models import Practice
from portal.publication.models import Record
from portal.reports.models import Report
from portal.submissions import domain
from portal.submissions.states import SubmissionState
from search.index.builders import build, subjects
from tests.cast import make_focal_point, make_moderator, make_red_uno
from tests.desk.secret_conclusions import make_secret_conclusions
from tests.factories import (
    make_consultation,
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_report,
    make_user,
    publish_intervention,
    publish_pledge,
)
from tests.factories.followup import make_contact_note
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely, thinned

CANARY = "quetzalcanario"
TEXTS = {"title": f"Title {CANARY}", "language": "es", "country": "HN"}
# What stands before the canary, by where it is kept.
PLACES = "Title|Body|Reason|Evidence|Conclusion|Objection|Decision|Disposition|Note"
MOST = 100
HIDDEN = ("draft", "submitted", "returned", "withdrawn")
STEPS = {
    "interventions": (
        "",
        "questions/",
        "answer/",
        "recommendations/",
        "check/",
        "receipt/",
        "receipts/",
        "sent.json",
        "withdraw/",
    ),
    "pledges": ("", "pledge/", "links/", "check/", "receipt/", "receipts/", "sent.json", "withdraw/"),
    "practices": (
        "",
        "measure/",
        "evidence/",
        "questions/",
        "check/",
        "receipt/",
        "receipts/",
        "sent.json",
        "withdraw/",
    ),
    "reports": ("", "report/", "check/", "receipt/", "receipts/", "sent.json", "withdraw/"),
    "organizations": ("", "profile/"),
}


@pytest.fixture(scope="module")
def focal_point(module_rows: None) -> User:
    return make_focal_point()


@pytest.fixture(scope="module")
def organization(focal_point: User) -> Organization:
    return make_red_uno()


@pytest.fixture(scope="module")
def moderator(module_rows: None) -> User:
    return make_moderator()


@pytest.fixture(scope="module")
def consultation_pages(module_rows: None) -> ConsultationTree:
    return make_consultation()


@pytest.fixture(scope="module")
def kept_secrets(
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> dict[str, list[UUID]]:
    """Of all that is written something in every hidden state, two organizations, and public things beside."""
    texts = TEXTS | {"body": f"Body {CANARY} " * 20, "recommendations": [f"Recommend {CANARY}"]}
    asked = consultation_pages.questions
    written, pledged, described = [], [], []
    for state in HIDDEN[:3]:
        reason = {"reason": f"Reason {CANARY}"} if state == "returned" else {}
        written.append(
            make_intervention(organization, state=SubmissionState(state), questions=asked, **texts, **reason)
        )
        pledged.append(
            make_pledge(
                organization,
                state=SubmissionState(state),
                interventions=[written[-1].key],
                **TEXTS,
                description=CANARY,
                external_id=f"{CANARY}-{state}",
                **reason,
            )
        )
        described.append(
            make_practice(
                organization, state=SubmissionState(state), questions=asked, **TEXTS, measure=CANARY, **reason
            )
        )
    written.append(_withdrawn(organization, focal_point, moderator, asked, texts))
    pledged.append(_withdrawn_pledge(organization, focal_point, moderator))
    public = make_intervention(organization, state=SubmissionState.PUBLISHED, questions=asked)
    publish_intervention(public)
    publish_pledge(make_pledge(organization, state=SubmissionState.PUBLISHED, interventions=[public.key]))
    promised = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(promised)
    reported = [
        make_report(promised, state=SubmissionState(state), **TEXTS, text=CANARY, reason=f"Reason {CANARY}")
        for state in HIDDEN[:3]
    ]
    holder = make_organization(name="Holder of a seat")
    make_contact_note(promised, holder, whom=f"Note {CANARY}", said=f"Note {CANARY}")
    make_secret_conclusions(consultation_pages, public, written[1], focal_point, CANARY)
    Organization.objects.filter(pk=organization.pk).update(evidence=f"Evidence {CANARY}")
    waiting = [
        make_organization(name=f"{state} {CANARY}", state=state, owner=focal_point, evidence=CANARY)
        for state in (OrganizationState.DRAFT, OrganizationState.SUBMITTED)
    ]
    return {
        "interventions": [row.key for row in written],
        "pledges": [row.key for row in pledged],
        "practices": [row.key for row in described],
        "reports": [row.key for row in reported],
        "organizations": [organization.key, *(row.key for row in waiting)],
    }


@pytest.fixture
def secrets(kept_secrets: dict[str, list[UUID]], db: None) -> dict[str, list[UUID]]:
    return kept_secrets


def _withdrawn(
    organization: Organization, owner: User, moderator: User, asked: list[UUID], texts: dict[str, object]
) -> Intervention:
    """Published under the canary's name first, then taken back."""
    row = make_intervention(organization, state=SubmissionState.SUBMITTED, questions=asked, **texts)
    domain.publish(row, actor=person(moderator), now=timezone.now())
    call_command("drain_outbox")
    return domain.withdraw(row, actor=person(owner), now=timezone.now())


def _withdrawn_pledge(organization: Organization, owner: User, moderator: User) -> Pledge:
    row = make_pledge(
        organization, state=SubmissionState.SUBMITTED, **TEXTS, description=CANARY, external_id=CANARY
    )
    domain.publish(row, actor=person(moderator), now=timezone.now())
    call_command("drain_outbox")
    return domain.withdraw(row, actor=person(owner), now=timezone.now())


def addresses(keys: dict[str, list[UUID]]) -> Iterator[str]:
    for kind, numbers in keys.items():
        for key in numbers:
            for step in STEPS[kind]:
                yield f"/en/desk/{kind}/{key}/{step}"


def public_links(html: str) -> set[str]:
    links = {link.replace("&amp;", "&").split("#")[0] for link in re.findall(r'href="(/[^"]*)"', html)}
    return {link for link in links if not link.startswith(("/static/", "/accounts/", "/media/"))}


def crawl(client: Client, start: list[str], within: str = "/") -> dict[str, tuple[int, str]]:
    """Status and text of the pages of `start` and of those they link to below `within`, about `MOST`."""
    seen: dict[str, tuple[int, str]] = {}
    waiting = list(start)
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        response = client.get(path, follow=True)
        html = b"".join(response) if response.streaming else response.content
        text = html.decode(errors="replace")
        seen[path] = (response.status_code, text)
        if "text/html" in response.headers.get("Content-Type", "") and len(seen) + len(waiting) < MOST:
            waiting += sorted(link for link in public_links(text) - seen.keys() if link.startswith(within))
    return seen


def api_addresses(client: Client) -> list[str]:
    """Every GET of the read API, with each public number where it asks for one."""
    schema = client.get("/api/v1/openapi.json").json()
    numbers = [record.public_id for record in Record.objects.all()]
    paths = ["/api/v1/openapi.json", f"/api/v1/search?q={CANARY}", "/api/v1/search?q=&size=200"]
    for path, verbs in schema["paths"].items():
        if "get" in verbs:
            paths += [re.sub(r"\{\w+\}", number, path) for number in numbers] if "{" in path else [path]
    return sorted(set(paths))


@pytest.mark.parametrize(
    ("reader", "codes", "with_api"),
    [
        ("visitor", ("es",), True),
        *(rarely("visitor", CODES, True), rarely("other organization", ("pt",), True)),
    ],
)
def test_public_pages_and_api_hold_nothing_private(
    reader: str,
    codes: tuple[str, ...],
    with_api: bool,
    client: Client,
    secrets: dict[str, list[UUID]],
    other_org_member: User,
    other_organization: Organization,
) -> None:
    call_command("drain_outbox")
    if reader != "visitor":
        client.force_login(other_org_member)
    tombstones = [record.public_id for record in Record.objects.filter(state="withdrawn")]
    start = [f"/r/{number}/" for number in tombstones]
    pages = crawl(client, start + (api_addresses(client) if with_api else []))
    for code in codes:
        pages |= crawl(client, [f"/{code}/"], within=f"/{code}/")
    keys = [
        str(key) for kind in ("interventions", "pledges", "practices", "reports") for key in secrets[kind]
    ]
    leaks = [
        path
        for path, (_status, text) in pages.items()
        if CANARY in text.lower().replace(f"q={CANARY}", "") and "/search" not in path
    ]
    named = [path for path, (_status, text) in pages.items() if any(key in text for key in keys)]
    assert (leaks, named) == ([], [])
    assert len(tombstones) == 2
    assert [pages[f"/r/{number}/"][0] for number in tombstones] == [410, 410]
    assert len(pages) > 50 * len(codes)


def test_pages_of_conclusions_hold_nothing_private(client: Client, secrets: dict[str, list[UUID]]) -> None:
    """Of a draft, its evidence and dispositions, of an objection and its decision; every form of output."""
    call_command("drain_outbox")
    said = PublicDisposition.objects.get().intervention_key
    shown = [record for record in Record.objects.all() if record.kind == "recommendation"]
    shown.append(Record.objects.get(source_key=said))
    paths = ["/api/v1/conclusions/brasilia", "/api/v1/coverage", "/api/v1/consultations"]
    for code in CODES:
        paths += [f"/{code}/consultations/brasilia/conclusions/", f"/{code}/recommendations/feed/"]
        paths += [f"/{code}/recommendations/?format={form}" for form in ("csv", "json")]
        paths += [record.path(code) for record in shown]
    paths += [f"/api/v1/trace/{record.public_id}" for record in shown]
    pages = crawl(client, paths, within="nowhere")
    assert {status for status, _text in pages.values()} == {200}
    assert [path for path, (_status, text) in pages.items() if CANARY in text.lower()] == []
    assert [path for path, (_status, text) in pages.items() if "objection on" in text] == []


def test_the_search_finds_nothing_private(client: Client, secrets: dict[str, list[UUID]]) -> None:
    call_command("rebuild_index")
    for code in CODES:
        answer = client.get("/api/v1/search", {"q": CANARY, "ui": code}).json()
        assert (answer["total"], answer["results"]) == (0, [])
        html = client.get(f"/{code}/search/", {"q": CANARY}).content.decode()
        assert re.search(rf"({PLACES}) {CANARY}", html) is None


def test_the_index_is_built_from_public_things_only(secrets: dict[str, list[UUID]]) -> None:
    everything = [build(subject, 1) for subject in subjects()]
    documents = [document for built in everything for document in built.documents]
    assert {document.kind for document in documents} >= {"intervention", "pledge", "organization"}
    assert [document.id for document in documents if CANARY in repr(document).lower()] == []


# What is closed to all groups at once is closed to each: membership only ever opens.
STRANGERS: dict[str, tuple[Group, ...]] = {
    "other organization": (),
    "editor, commissioner and observatory": (Group.EDITOR, Group.COMMISSIONER, Group.OBSERVATORY),
    "secretariat editor": (Group.EDITOR,),
    "commissioner": (Group.COMMISSIONER,),
    "observatory": (Group.OBSERVATORY,),
}
READERS = thinned(STRANGERS, lambda name: len(STRANGERS[name]) > 1)


@pytest.mark.parametrize("reader", READERS)
def test_the_desk_of_others_is_closed(
    reader: str, client: Client, secrets: dict[str, list[UUID]], other_organization: Organization
) -> None:
    user = make_user(*STRANGERS[reader])
    other_organization.memberships.create(user=user, role="owner", since=timezone.now())
    client.force_login(user)
    answers = {path: client.get(path) for path in addresses(secrets)}
    assert {response.status_code for response in answers.values()} == {404}
    assert [path for path, response in answers.items() if CANARY in response.content.decode().lower()] == []
    own = client.get("/en/desk/").content.decode()
    assert CANARY not in own.lower()


@pytest.mark.parametrize("reader", READERS)
def test_nobody_else_changes_anything(
    reader: str, client: Client, secrets: dict[str, list[UUID]], other_organization: Organization
) -> None:
    user = make_user(*STRANGERS[reader])
    other_organization.memberships.create(user=user, role="owner", since=timezone.now())
    client.force_login(user)
    before = _state()
    for path in addresses(secrets):
        typed = {"title": "Mine", "name": "Mine", "revision": "1", "submit_key": _submit_key(path)}
        assert client.post(path, typed).status_code in {404, 405}, path
    assert _state() == before


def _submit_key(path: str) -> str:
    """The true key, as if it had become known."""
    kind, key = path.split("/")[3:5]
    models = {"interventions": Intervention, "pledges": Pledge, "practices": Practice, "reports": Report}
    model = models.get(kind)
    return str(model.objects.get(key=key).submit_key) if model else ""


def _state() -> list[object]:
    return [
        list(Intervention.objects.order_by("pk").values()),
        list(Pledge.objects.order_by("pk").values()),
        list(Practice.objects.order_by("pk").values()),
        list(Report.objects.order_by("pk").values()),
        list(Organization.objects.order_by("pk").values()),
    ]


def test_a_visitor_meets_the_sign_in_at_every_address(client: Client, secrets: dict[str, list[UUID]]) -> None:
    for path in addresses(secrets):
        response = client.get(path)
        assert (response.status_code, response.url) == (302, f"/accounts/login/?next={path}")


def test_a_viewer_reads_the_own_organization_and_changes_nothing(
    client: Client, secrets: dict[str, list[UUID]], viewer_member: User
) -> None:
    client.force_login(viewer_member)
    mine = {kind: keys for kind, keys in secrets.items() if kind != "organizations"}
    assert client.get(f"/en/desk/interventions/{mine['interventions'][0]}/").status_code == 200
    before = _state()
    for path in addresses(mine):
        assert client.post(path, {"title": "Mine", "revision": "1"}).status_code in {302, 403, 405}, path
    assert _state() == before


@pytest.mark.parametrize("group", [Group.EDITOR, Group.COMMISSIONER, Group.OBSERVATORY])
def test_the_queue_is_closed_to_other_staff(
    group: Group, client: Client, secrets: dict[str, list[UUID]]
) -> None:
    client.force_login(make_user(group))
    waiting = secrets["interventions"][1]
    for path in ("/en/desk/moderation/", f"/en/desk/moderation/intervention/{waiting}/"):
        response = client.get(path, follow=True)
        assert CANARY not in response.content.decode().lower(), path


def test_a_moderator_sees_no_draft(client: Client, secrets: dict[str, list[UUID]], moderator: User) -> None:
    client.force_login(moderator)
    drafts = {kind: keys[:1] for kind, keys in secrets.items() if kind != "organizations"}
    assert {client.get(path).status_code for path in addresses(drafts)} == {404}
    assert client.get(f"/en/desk/interventions/{secrets['interventions'][1]}/").status_code == 200


def test_files_of_receipts_are_for_members(
    client: Client, secrets: dict[str, list[UUID]], other_org_member: User, other_organization: Organization
) -> None:
    client.force_login(other_org_member)
    path = f"/en/desk/interventions/{secrets['interventions'][1]}/sent.json"
    assert client.get(path).status_code == 404
