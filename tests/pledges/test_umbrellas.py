"""What stands below an umbrella pledge stays there; nothing stands below itself; the secretariat's links."""

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.organizations.models import Organization
from portal.pledges.domain import link_by_secretariat
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.models import Pledge
from portal.pledges.public_facts import links_in
from portal.publication.models import Record
from portal.submissions import domain
from tests.factories import make_pledge, publish_pledge
from tests.factories.plan import make_framework, make_node

NOW = timezone.now()


@pytest.fixture
def umbrella(organization: Organization) -> Pledge:
    row = make_pledge(organization, title="Above", pledge_kind="umbrella", state="published")
    publish_pledge(row)
    return row


@pytest.fixture
def member(organization: Organization, umbrella: Pledge) -> Pledge:
    row = make_pledge(organization, title="Below", part_of=umbrella, state="published", decided_at=NOW)
    publish_pledge(row)
    return row


def above(pledge: Pledge) -> list[str]:
    rows = Record.objects.get(source_key=pledge.key).links.filter(relation="part_of")
    return list(rows.values_list("target", flat=True))


def save_frame(pledge: Pledge, author: User, **fields: object) -> None:
    pledge.refresh_from_db()
    domain.save_draft(
        pledge,
        fields=PledgeFields(frame=Frame(**fields)),
        revision=pledge.revision,
        actor=person(author),
        now=NOW,
    )


@pytest.mark.few(1)
@pytest.mark.parametrize("state", ["correcting", "submitted", "returned"])
def test_a_member_is_saved_and_published_while_its_umbrella_is_corrected(
    client: Client, umbrella: Pledge, member: Pledge, focal_point: User, moderator: User, state: str
) -> None:
    Pledge.objects.filter(pk=umbrella.pk).update(state=state, title="Not read yet", reason="Say more.")
    domain.open_correction(member, actor=person(focal_point), now=NOW)
    client.force_login(focal_point)
    page = f"/en/desk/pledges/{member.key}/frame/"
    html = client.get(page).text
    assert ("Above" in html, "Not read yet" in html) == (True, False)
    form = client.get(page).context["form"]
    sent = {
        "revision": "2",
        "starts_on": "2024-01-01",
        "pledge_kind": "individual",
        "part_of": form["part_of"].value(),
    }
    assert client.post(page, sent).status_code == 302
    member.refresh_from_db()
    assert (member.part_of, str(member.starts_on)) == (umbrella, "2024-01-01")
    domain.submit(member, submit_key=member.submit_key, actor=person(focal_point), now=NOW)
    domain.publish(member, actor=person(moderator), now=NOW)
    assert above(member) == [str(umbrella.key)]


def test_a_member_of_a_withdrawn_umbrella_keeps_it(
    client: Client, umbrella: Pledge, member: Pledge, focal_point: User
) -> None:
    domain.withdraw(umbrella, actor=person(focal_point), now=NOW)
    domain.open_correction(member, actor=person(focal_point), now=NOW)
    save_frame(member, focal_point, part_of=umbrella.key)
    member.refresh_from_db()
    assert member.part_of == umbrella
    client.force_login(focal_point)
    html = client.get(f"/en/desk/pledges/{member.key}/frame/").text
    assert ("which is not public now" in html, "Above" in html) == (True, False)


def test_no_umbrella_stands_below_another_one(
    client: Client, umbrella: Pledge, organization: Organization, focal_point: User
) -> None:
    other = make_pledge(organization)
    with pytest.raises(Incomplete) as caught:
        save_frame(other, focal_point, pledge_kind="umbrella", part_of=umbrella.key)
    assert [problem.field for problem in caught.value.problems] == ["part_of"]
    client.force_login(focal_point)
    sent = {"revision": "1", "pledge_kind": "umbrella", "part_of": str(umbrella.key)}
    html = client.post(f"/en/desk/pledges/{other.key}/frame/", sent).text
    assert html.count("An umbrella pledge is part of no other pledge.") == 2


def test_an_umbrella_with_pledges_stays_one(umbrella: Pledge, member: Pledge, focal_point: User) -> None:
    domain.open_correction(umbrella, actor=person(focal_point), now=NOW)
    with pytest.raises(Incomplete) as caught:
        save_frame(umbrella, focal_point, pledge_kind="individual")
    assert [problem.field for problem in caught.value.problems] == ["pledge_kind"]
    Record.objects.get(source_key=member.key).links.all().delete()
    save_frame(umbrella, focal_point, pledge_kind="individual")


@pytest.mark.few(5)
@pytest.mark.parametrize("target", ["nix", "\x00", "", "1.1", str(UUID(int=7))])
@pytest.mark.parametrize("relation", ["part_of", "carries_out", "serves"])
def test_what_cannot_be_linked_is_refused_in_words(
    client: Client, member: Pledge, editor: User, relation: str, target: str
) -> None:
    client.force_login(editor)
    address = f"/en/desk/unlinked-pledges/{member.key}/link/"
    page = client.post(address, {"relation": relation, "target": target}, follow=True)
    told = "Choose an action." if relation == "carries_out" else "Choose one of the list."
    assert (page.status_code, above(member)) == (200, [str(member.part_of.key)])
    shown = page.context["messages"] if relation != "carries_out" else page.context["form"].errors["target"]
    assert [str(text) for text in shown] == [told]


def test_the_secretariat_puts_no_pledge_below_two_umbrellas_or_itself(
    organization: Organization, umbrella: Pledge, member: Pledge, editor: User
) -> None:
    other = make_pledge(organization, pledge_kind="umbrella", state="published")
    publish_pledge(other)
    for pledge, target in ((member, other), (umbrella, umbrella), (umbrella, other)):
        with pytest.raises(Incomplete):
            link_by_secretariat(
                pledge, relation="part_of", target=str(target.key), actor=person(editor), now=NOW
            )
    assert (above(member), above(umbrella)) == ([str(umbrella.key)], [])


def said(pledge: Pledge) -> list[tuple[str, str]]:
    rows = links_in(Record.objects.get(source_key=pledge.key).facts)
    return [(row.asserted_by, row.confirmed_by) for row in rows]


def test_what_the_parties_said_stays_their_word(organization: Organization, editor: User) -> None:
    node = make_node(make_framework(), "1.1")
    pledge = make_pledge(organization, state="published")
    pledge.links.create(relation="carries_out", target=node.key, asserted_by="parties", asserted_at=NOW)
    version = publish_pledge(pledge).version
    link_by_secretariat(pledge, relation="carries_out", target=node.key, actor=person(editor), now=NOW)
    record = Record.objects.get(source_key=pledge.key)
    assert (said(pledge), record.version) == ([("parties", "")], version)


def test_what_only_a_correction_says_is_first_the_secretariats_word(
    organization: Organization, editor: User
) -> None:
    node = make_node(make_framework(), "1.1")
    pledge = make_pledge(organization, state="published")
    publish_pledge(pledge)
    pledge.links.create(relation="carries_out", target=node.key, asserted_by="parties", asserted_at=NOW)
    link_by_secretariat(pledge, relation="carries_out", target=node.key, actor=person(editor), now=NOW)
    assert said(pledge) == [("secretariat", "")]
    publish_pledge(pledge)
    assert said(pledge) == [("secretariat", "parties")]
