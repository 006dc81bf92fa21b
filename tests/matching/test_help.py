"""Help at the desk, what both organizations have said of it, and who may say it."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history
from portal.matching import domain
from portal.matching.enums import TRANSITIONS, HelpState
from portal.matching.models import HelpOffer
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.submissions import domain as submissions
from tests.factories import make_organization, make_pledge, publish_pledge
from tests.factories.help import offered, public_pledge, record_of

CANARY = "zqcanary"
NOW = timezone.now()
LIST = "/en/matches/"
DESK = "/en/desk/matches/"


def test_help_is_public_on_both_pledges_once_both_have_said_so(
    client: Client, need: Pledge, offer: Pledge, focal_point: User, other_org_member: User
) -> None:
    needed, helping = record_of(need), record_of(offer)
    told = "said by Red Dos, confirmed by Red Uno"
    pages = (needed.path("en"), helping.path("en"), LIST)
    given = offered(need, offer, other_org_member, note=CANARY)
    assert [told in client.get(path).text for path in pages] == [False] * 3
    domain.move(given, to=HelpState.ACCEPTED, actor=person(focal_point), now=NOW)
    assert [told in client.get(path).text for path in pages] == [True] * 3
    assert [path for path in pages if CANARY in client.get(path).text] == []
    (row,) = client.get(LIST).context["rows"]
    assert ([each["title"] for each in row["helped"]], row["proposals"]) == (["A fund for offices"], [])
    rows = {
        number: client.get(f"/api/v1/pledges/{number}").json()
        for number in (needed.public_id, helping.public_id)
    }
    assert [(row["helps"], row["helped_by"]) for row in rows.values()] == [
        ([], [helping.public_id]),
        ([needed.public_id], []),
    ]
    need.refresh_from_db()
    publish_pledge(need)
    assert told in client.get(needed.path("en")).text
    thread = client.get(f"/api/v1/trace/{needed.public_id}").json()["thread"]
    items = {row["stage"]: [item["id"] for item in row["items"]] for row in thread}
    assert (items["pledge"], items["plan_action"]) == ([needed.public_id], [])
    domain.move(given, to=HelpState.TAKEN_BACK, actor=person(other_org_member), now=NOW)
    assert [told in client.get(path).text for path in pages] == [False] * 3
    assert [event.action for event in history("help", given.key)] == ["offered", "accepted", "taken_back"]


def test_a_pledge_that_is_withdrawn_is_named_nowhere(
    client: Client, need: Pledge, offer: Pledge, focal_point: User, other_org_member: User
) -> None:
    given = offered(need, offer, other_org_member)
    domain.move(given, to=HelpState.ACCEPTED, actor=person(focal_point), now=NOW)
    submissions.withdraw(offer, actor=person(other_org_member), now=NOW)
    client.force_login(focal_point)
    for path in (record_of(need).path("en"), LIST, DESK):
        assert "A fund for offices" not in client.get(path).text, path
    HelpOffer.objects.update(state=HelpState.OFFERED)
    with pytest.raises(WrongState):
        domain.move(given, to=HelpState.ACCEPTED, actor=person(focal_point), now=NOW)


def test_the_other_organization_is_told_by_mail_without_addresses_or_the_note(
    need: Pledge, offer: Pledge, focal_point: User, other_org_member: User
) -> None:
    User.objects.update(language="en")
    given = offered(need, offer, other_org_member, note=CANARY)
    offered(need, offer, other_org_member, note=CANARY)
    domain.move(given, to=HelpState.ACCEPTED, actor=person(focal_point), now=NOW)
    domain.move(given, to=HelpState.DECLINED, actor=person(focal_point), now=NOW)
    told = [(message.to, message.subject) for message in mail.outbox]
    assert told == [
        (["focal@example.org"], "An organization offers help with a pledge of yours"),
        (["other@example.org"], "Your offer of help was accepted"),
        (["other@example.org"], "Your offer of help was declined"),
    ]
    for message in mail.outbox:
        text = f"{message.subject} {message.body}"
        assert ("@" in text, CANARY in text, "Two offices" in text) == (False, False, True)


def buttons(html: str) -> list[str]:
    return [name for name in ("accept", "decline", "take-back") if f"/{name}/" in html]


PEOPLE = ("focal_point", "other_org_member", "moderator", "viewer_member", "member_editor", "editor")


@pytest.mark.parametrize("state", [state.value for state in HelpState])
def test_who_may_say_what_by_state(
    state: str, need: Pledge, offer: Pledge, request: pytest.FixtureRequest
) -> None:
    """The side that needs help accepts and declines, the side that offers it takes it back."""
    says = {
        HelpState.ACCEPTED: "focal_point",
        HelpState.DECLINED: "focal_point",
        HelpState.TAKEN_BACK: "other_org_member",
    }
    given = HelpOffer.objects.create(need=need, offer=offer, offered_at=NOW)
    for to, who in says.items():
        for name in PEOPLE:
            HelpOffer.objects.update(state=state)
            actor = person(request.getfixturevalue(name))
            is_possible = to in TRANSITIONS[state] or to == state
            if name == who and is_possible:
                assert domain.move(given, to=to, actor=actor, now=NOW).state == to
                continue
            with pytest.raises(WrongState if name == who else NotAllowed):
                domain.move(given, to=to, actor=actor, now=NOW)


def test_what_cannot_be_offered_is_said_at_its_field(
    need: Pledge,
    offer: Pledge,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    other_org_member: User,
) -> None:
    own = public_pledge(organization)
    silent = public_pledge(organization)
    listed = public_pledge(make_organization(name="Listed", state="verified"), needs=["financial"])
    draft = make_pledge(other_organization)
    wordy = "word " * (domain.MAX_NOTE_WORDS + 1)
    for wanted, given, note, who, field in (
        (need, own, "", focal_point, "offer"),
        (silent, offer, "", other_org_member, "offer"),
        (listed, offer, "", other_org_member, "offer"),
        (need, draft, "", other_org_member, "offer"),
        (need, offer, wordy, other_org_member, "note"),
    ):
        with pytest.raises(Incomplete) as caught:
            offered(wanted, given, who, note)
        assert [problem.field for problem in caught.value.problems] == [field]
    given = offered(need, offer, other_org_member)
    domain.move(given, to=HelpState.DECLINED, actor=person(focal_point), now=NOW)
    with pytest.raises(Incomplete):
        offered(need, offer, other_org_member)
    with pytest.raises(NotAllowed):
        offered(need, offer, focal_point)


@pytest.mark.long
def test_we_can_help_leads_from_the_list_to_the_desk_of_the_other(
    client: Client, need: Pledge, offer: Pledge, focal_point: User, other_org_member: User
) -> None:
    (row,) = client.get(LIST).context["rows"]
    client.force_login(other_org_member)
    page = client.get(row["help"], follow=True)
    address = f"{DESK}help/{record_of(need).public_id}/"
    assert page.redirect_chain[-1][0] == address
    assert "A fund for offices" in page.text
    refused = client.post(address, {"note": "A word of mine."})
    assert ("Choose the pledge by which you help." in refused.text, "A word of mine." in refused.text) == (
        True,
        True,
    )
    answer = client.post(address, {"offer": str(offer.key), "note": "Call us."}, follow=True)
    assert answer.redirect_chain[-1][0] == DESK
    given = HelpOffer.objects.get()
    assert buttons(answer.text) == ["take-back"]
    client.force_login(focal_point)
    html = client.get(DESK).text
    assert ("Call us." in html, "Help by Red Dos" in html, "example.org" in html) == (True, True, False)
    assert buttons(html) == ["accept", "decline"]
    client.post(f"{DESK}{given.key}/accept/")
    given.refresh_from_db()
    assert given.state == HelpState.ACCEPTED


def test_who_speaks_for_no_public_pledge_reads_how_to_come_to_one(
    client: Client, need: Pledge, other_org_member: User
) -> None:
    client.force_login(other_org_member)
    html = client.get(f"{DESK}help/{record_of(need).public_id}/").text
    assert ("/en/desk/pledges/new/" in html, "<textarea" in html) == (True, False)
