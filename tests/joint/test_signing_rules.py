"""Who asks, signs and reads what, state by state; what becomes of it when organizations change."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.files.domain import original_of, store_file
from portal.joint import domain
from portal.joint.models import JointStatement, Signature
from portal.organizations import protecting
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.practices.drafts import PracticeFields
from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.publication.queries import targets
from portal.submissions import domain as submissions
from portal.submissions.queries import content_of, newest_version
from portal.submissions.redress.taking_down import take_down, undo_take_down
from tests.factories import make_listed, make_organization, make_practice, make_user, publish_organization
from tests.factories.attachments import attach
from tests.factories.joint import ask, change, invite, make_joint, make_signatories, owner_of, sign, signature
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.files.builders import picture
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECRET = "zunzuncanario"


@pytest.fixture
def others(organization: Organization) -> list[Organization]:
    return make_signatories(2)


@pytest.fixture
def draft(organization: Organization, others: list[Organization]) -> Any:
    """Of a kind without questions, with a word that nobody else may read."""
    return invite(make_practice(organization, title=f"Joint {SECRET}", measure=f"A {SECRET} way."), *others)


def state_of(row: Any, organization: Organization) -> str:
    return Signature.objects.get(statement__submission_key=row.key, organization=organization).state


def submitted(row: Any, organization: Organization) -> Any:
    row.refresh_from_db()
    actor = person(owner_of(organization))
    submissions.submit(row, submit_key=row.submit_key, actor=actor, now=NOW)
    row.refresh_from_db()
    return row


def published(row: Any, organization: Organization) -> Record:
    submitted(row, organization)
    return submissions.publish(row, actor=person(make_user(Group.MODERATOR)), now=NOW)


def said(row: Any) -> list[str]:
    """Whom the newest receipt names."""
    content = content_of(newest_version(row)) or {}
    return [each["organization"] for each in content["signatories"]]


def statuses(client: Client, user: User, paths: dict[str, str]) -> dict[str, int]:
    client.force_login(user)
    return {name: client.get(path).status_code for name, path in paths.items()}


def test_an_invited_organization_reads_the_frozen_text_and_nothing_else(
    client: Client, draft: Any, others: list[Organization], viewer_member: User, moderator: User
) -> None:
    row = signature(draft, others[0])
    mine, own = f"/en/desk/signatures/{row.key}/", f"/en/desk/practices/{draft.key}/"
    paths = {"signature": mine, "text": own, "signing": f"{own}signing/", "check": f"{own}check/"}
    invited, stranger = owner_of(others[0]), make_user()
    viewer = make_user()
    add_member(others[0], viewer, Role.VIEWER)
    nothing = dict.fromkeys(paths, 404)
    assert statuses(client, invited, paths) == nothing
    ask(draft)
    told = {"signature": 200, "text": 404, "signing": 404, "check": 404}
    assert [statuses(client, user, paths) for user in (invited, viewer)] == [told, told]
    for user in (stranger, moderator, make_user(Group.PROTECTION), owner_of(others[1])):
        assert statuses(client, user, paths) == nothing, user
    assert statuses(client, viewer_member, paths) == {
        "signature": 404,
        "text": 200,
        "signing": 200,
        "check": 200,
    }
    client.force_login(viewer)
    assert SECRET in client.get(mine).text
    assert "sign/" not in client.get(mine).text
    change(draft)
    client.force_login(invited)
    page = client.get(mine)
    assert (page.status_code, SECRET in page.text) == (200, False)
    assert SECRET not in client.get("/en/desk/signatures/").text


def test_an_invited_organization_opens_the_files_of_the_frozen_text(
    client: Client, draft: Any, others: list[Organization], member_editor: User, moderator: User
) -> None:
    first = attach(draft, picture("PNG"), "map.png", member_editor, title=f"Map {SECRET}").file
    later = store_file(b"Not in it.", "later.txt", actor=person(member_editor), now=NOW)
    row = signature(draft, others[0])
    page = f"/en/desk/signatures/{row.key}/"
    paths = {"in it": f"{page}files/{first.key}/", "not in it": f"{page}files/{later.key}/"}
    own = {"member": f"/en/desk/attachments/practice/{draft.key}/{first.key}/"}
    nothing, invited = dict.fromkeys(paths, 404), owner_of(others[0])
    assert statuses(client, invited, paths) == nothing
    ask(draft)
    assert statuses(client, invited, paths | own) == {"in it": 200, "not in it": 404, "member": 404}
    opened = client.get(paths["in it"])
    assert (opened.content, opened.headers["Content-Disposition"]) == (
        original_of(first),
        'attachment; filename="map.png"',
    )
    assert f'href="{paths["in it"]}"' in client.get(page).text
    for user in (make_user(), owner_of(others[1]), member_editor, moderator):
        assert statuses(client, user, paths) == nothing, user
    sign(draft, others[0])
    assert statuses(client, invited, paths)["in it"] == 200
    change(draft)
    assert statuses(client, invited, paths) == nothing
    assert paths["in it"] not in client.get(page).text


def test_only_who_speaks_for_an_organization_asks_and_signs(
    draft: Any, others: list[Organization], member_editor: User, signatory: User
) -> None:
    with pytest.raises(NotAllowed):
        domain.open_for_signing(draft, actor=person(member_editor), now=NOW)
    with pytest.raises(NotAllowed):
        domain.open_for_signing(draft, actor=person(owner_of(others[0])), now=NOW)
    assert domain.open_for_signing(draft, actor=person(signatory), now=NOW) == 2
    row = signature(draft, others[0])
    for role in (Role.VIEWER, Role.EDITOR):
        user = make_user()
        add_member(others[0], user, role)
        with pytest.raises(NotAllowed):
            domain.sign(row, digest=row.statement.digest, word="", actor=person(user), now=NOW)
    for user in (signatory, owner_of(others[1])):
        with pytest.raises(NotAllowed):
            domain.decline(row, word="No.", actor=person(user), now=NOW)
    with pytest.raises(NotAllowed):
        domain.open_for_changes(draft, actor=person(member_editor), now=NOW)
    assert state_of(draft, others[0]) == "asked"


def test_what_waits_for_signatures_is_changed_by_nobody(
    draft: Any, focal_point: User, moderator: User
) -> None:
    ask(draft)
    actor = person(focal_point)
    for verb in (
        lambda: submissions.save_draft(
            draft, fields=PracticeFields(title="Other"), revision=draft.revision, actor=actor, now=NOW
        ),
        lambda: submissions.withdraw(draft, actor=actor, now=NOW),
        lambda: submissions.delete_draft(draft, actor=actor, now=NOW),
        lambda: submissions.take_up_again(draft, actor=actor, now=NOW),
        lambda: submissions.open_correction(draft, actor=actor, now=NOW),
        lambda: submissions.return_to_author(draft, reason="No.", actor=person(moderator), now=NOW),
        lambda: submissions.publish(draft, actor=person(moderator), now=NOW),
    ):
        with pytest.raises((WrongState, NotAllowed)):
            verb()
    draft.refresh_from_db()
    assert (draft.state, draft.title) == ("awaiting_signatures", f"Joint {SECRET}")


def test_a_signature_is_declined_with_a_reason_and_taken_back_until_it_is_submitted(
    draft: Any, organization: Organization, others: list[Organization]
) -> None:
    ask(draft)
    mail.outbox.clear()
    first, second = (signature(draft, row) for row in others)
    one, two = (person(owner_of(row)) for row in others)
    with pytest.raises(Incomplete):
        domain.decline(first, word=" ", actor=one, now=NOW)
    domain.decline(first, word="zqreason of a no", actor=one, now=NOW)
    sign(draft, others[1])
    domain.take_back(second, actor=two, now=NOW)
    assert [state_of(draft, row) for row in others] == ["declined", "taken_back"]
    authors = owner_of(organization).email
    told = [(message.to, SECRET in message.body, "zqreason" in message.body) for message in mail.outbox]
    assert told == [([authors], True, False)] * 2
    with pytest.raises(WrongState):
        domain.take_back(second, actor=two, now=NOW)
    record = published(draft, organization)
    assert (said(draft), record.facts.get("signatories"), targets(record, Relation.SIGNED_BY)) == (
        [],
        None,
        [],
    )
    for verb in (domain.sign, domain.decline):
        given = {"digest": first.statement.digest} if verb is domain.sign else {}
        with pytest.raises(WrongState):
            verb(first, word="Late", actor=one, now=NOW, **given)  # type: ignore[operator]


def test_a_signatory_reads_the_frozen_text_until_it_is_submitted_and_then_what_is_public(
    client: Client, draft: Any, organization: Organization, others: list[Organization]
) -> None:
    """A passage that is left out in public stays with its authors."""
    ask(draft)
    sign(draft, *others)
    page = f"/en/desk/signatures/{signature(draft, others[0]).key}/"
    client.force_login(owner_of(others[0]))
    seen = [f"A {SECRET} way." in client.get(page).text]
    submitted(draft, organization)
    seen.append(SECRET in client.get(page).text)
    submissions.publish(draft, actor=person(make_user(Group.MODERATOR)), now=NOW)
    record = Record.objects.get(source_key=draft.key)
    seen += [f"A {SECRET} way." in client.get(page).text, record.path("en") in client.get(page).text]
    assert seen == [True, False, False, True]


def test_what_is_public_is_taken_down_also_while_its_correction_waits_for_signatures(
    draft: Any, organization: Organization, others: list[Organization], focal_point: User
) -> None:
    ask(draft)
    published(draft, organization)
    submissions.open_correction(draft, actor=person(focal_point), now=NOW)
    draft.refresh_from_db()
    ask(draft)
    first, second = (person(make_user(Group.MODERATOR)) for _ in range(2))
    measure = take_down(draft, ground="personal", reason="A name.", actor=first, now=NOW)
    draft.refresh_from_db()
    assert draft.state == "taken_down"
    with pytest.raises(WrongState):
        sign(draft, others[0])
    undo_take_down(measure, reason="There is none.", actor=second, now=NOW)
    draft.refresh_from_db()
    assert draft.state == "awaiting_signatures"
    sign(draft, others[0])


def test_a_word_stays_with_the_two_organizations(
    client: Client, draft: Any, organization: Organization, others: list[Organization], focal_point: User
) -> None:
    ask(draft)
    word = "zqword between the two"
    row = signature(draft, others[0])
    actor = person(owner_of(others[0]))
    domain.sign(row, digest=row.statement.digest, word=word, actor=actor, now=NOW)
    record = published(draft, organization)
    seen = {}
    for name, user, path in (
        ("authors", focal_point, f"/en/desk/practices/{draft.key}/signing/"),
        ("signatory", owner_of(others[0]), f"/en/desk/signatures/{row.key}/"),
        ("other", owner_of(others[1]), f"/en/desk/signatures/{signature(draft, others[1]).key}/"),
        ("moderator", make_user(Group.MODERATOR), f"/en/desk/moderation/practice/{draft.key}/"),
        ("public", make_user(), record.path("en")),
    ):
        client.force_login(user)
        seen[name] = word in client.get(path).text
    assert seen == {"authors": True, "signatory": True, "other": False, "moderator": False, "public": False}


def test_after_a_return_signatures_hold_until_a_word_is_changed(
    draft: Any, organization: Organization, others: list[Organization], moderator: User, focal_point: User
) -> None:
    ask(draft)
    sign(draft, *others)
    submitted(draft, organization)
    submissions.return_to_author(draft, reason="Say where.", actor=person(moderator), now=NOW)
    submitted(draft, organization)
    assert said(draft) == [str(row.key) for row in others]
    submissions.return_to_author(draft, reason="Say where.", actor=person(moderator), now=NOW)
    draft.refresh_from_db()
    mail.outbox.clear()
    fields = PracticeFields(measure="Another measure, in Ipiales.")
    submissions.save_draft(draft, fields=fields, revision=draft.revision, actor=person(focal_point), now=NOW)
    assert [state_of(draft, row) for row in others] == ["void", "void"]
    assert sorted(to for message in mail.outbox for to in message.to) == sorted(
        owner_of(row).email for row in others
    )
    with pytest.raises(Incomplete) as refused:
        submitted(draft, organization)
    assert [problem.field for problem in refused.value.problems] == ["signing"]
    ask(draft)
    assert draft.state == "awaiting_signatures"
    change(draft)
    assert (draft.state, draft.reason) == ("returned", "Say where.")


@pytest.mark.long
def test_what_is_taken_back_before_anybody_reads_it_keeps_its_signatures_while_nothing_changes(
    draft: Any, organization: Organization, others: list[Organization], focal_point: User
) -> None:
    ask(draft)
    sign(draft, *others)
    submitted(draft, organization)
    submissions.recall(draft, actor=person(focal_point), now=NOW)
    submitted(draft, organization)
    assert said(draft) == [str(row.key) for row in others]
    submissions.recall(draft, actor=person(focal_point), now=NOW)
    draft.refresh_from_db()
    fields = PracticeFields(title="Another title")
    submissions.save_draft(draft, fields=fields, revision=draft.revision, actor=person(focal_point), now=NOW)
    assert [state_of(draft, row) for row in others] == ["void", "void"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Nobody of this name", "No public organization is called “Nobody of this name”."),
        ("Red Uno", "Red Uno is your own organization: it need not sign."),
        ("Listed one", "Listed one is only listed: nobody speaks for it here, so it cannot sign."),
        rarely("Resting one", "Resting one is not verified at the moment, so it cannot sign."),
    ],
)
def test_who_cannot_sign_is_refused_in_words_and_what_was_typed_stays(
    client: Client,
    organization: Organization,
    others: list[Organization],
    focal_point: User,
    line: str,
    told: str,
) -> None:
    publish_organization(make_listed(name="Listed one"))
    publish_organization(make_organization(name="Resting one", state=OrganizationState.SUSPENDED))
    draft = make_practice(organization)
    client.force_login(focal_point)
    typed = f"{others[0].name}\n{line}"
    page = f"/en/desk/practices/{draft.key}/signatories/"
    response = client.post(page, {"on_behalf_of": "", "signatories": typed, "revision": draft.revision})
    assert response.status_code == 200
    assert told in response.text
    assert typed in response.text
    assert not Signature.objects.exists()


@pytest.mark.long
def test_a_network_speaks_through_its_member_while_it_is_one(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    river = make_network(slug="river", is_public=True, name_en="River Network")
    member = make_network_member(river, organization)
    draft = make_joint(organization, network=river, questions=consultation_pages.questions)
    record = published(draft, organization)
    page = client.get(record.path("en")).text
    assert "River Network" in page
    assert client.get(f"/api/v1/interventions/{record.public_id}").json()["on_behalf_of"] == "river"
    member.until = (NOW - timedelta(days=2)).date()
    member.save()
    other = make_joint(organization, network=river, questions=consultation_pages.questions)
    with pytest.raises(Incomplete) as refused:
        submitted(other, organization)
    assert [problem.field for problem in refused.value.problems] == ["on_behalf_of"]


def test_authors_who_are_not_verified_neither_ask_nor_submit(
    draft: Any, organization: Organization, others: list[Organization]
) -> None:
    def rest(state: OrganizationState) -> None:
        Organization.objects.filter(pk=organization.pk).update(state=state)

    rest(OrganizationState.LAPSED)
    with pytest.raises(Incomplete) as refused:
        ask(draft)
    assert [problem.field for problem in refused.value.problems] == ["organization"]
    rest(OrganizationState.VERIFIED)
    ask(draft)
    rest(OrganizationState.LAPSED)
    sign(draft, others[0])
    with pytest.raises(Incomplete):
        submitted(draft, organization)
    assert state_of(draft, others[0]) == "signed"


def test_a_signatory_that_is_not_verified_any_more_is_not_named(
    draft: Any, organization: Organization, others: list[Organization]
) -> None:
    ask(draft)
    Organization.objects.filter(pk=others[1].pk).update(state=OrganizationState.LAPSED)
    with pytest.raises(WrongState):
        sign(draft, others[1])
    Organization.objects.filter(pk=others[1].pk).update(state=OrganizationState.VERIFIED)
    sign(draft, *others)
    Organization.objects.filter(pk=others[1].pk).update(state=OrganizationState.LAPSED)
    submitted(draft, organization)
    Organization.objects.filter(pk=others[1].pk).update(state=OrganizationState.VERIFIED)
    record = submissions.publish(draft, actor=person(make_user(Group.MODERATOR)), now=NOW)
    assert said(draft) == [str(others[0].key)] == targets(record, Relation.SIGNED_BY)


def test_a_signatory_whose_name_is_withheld_is_a_category(
    client: Client, draft: Any, organization: Organization, others: list[Organization]
) -> None:
    ask(draft)
    sign(draft, *others)
    record = published(draft, organization)
    hidden = others[0]
    number = Record.objects.get(source_key=hidden.key).public_id
    protecting.protect(hidden, actor=person(owner_of(hidden)), now=NOW)
    record.refresh_from_db()
    page = client.get(record.path("en")).text
    assert (hidden.name in page, number in page, "name withheld" in page) == (False, False, True)
    row = client.get(f"/api/v1/practices/{record.public_id}").json()
    assert (len(row["signatories"]), len(row["signatories_withheld"])) == (1, 1)
    assert (str(hidden.key) in str(row), number in str(row)) == (False, False)
    assert client.get(f"/api/v1/practices?signatory={number}").json()["count"] == 0
    again = submissions.correct(draft, actor=person(make_user(Group.MODERATOR)), now=NOW)
    assert again.facts["signatories_withheld"] == record.facts["signatories_withheld"]
    protecting.unprotect(hidden, actor=person(owner_of(hidden)), now=NOW)
    record.refresh_from_db()
    assert number in client.get(record.path("en")).text
    assert sorted(targets(record, Relation.SIGNED_BY)) == sorted(str(row.key) for row in others)


def test_who_is_withheld_does_not_tell_for_which_network_it_speaks(organization: Organization) -> None:
    river = make_network(slug="river", is_public=True)
    make_network_member(river, organization)
    draft = invite(make_practice(organization, is_name_withheld=True), network=river)
    record = published(draft, organization)
    assert "river" not in str(record.facts)


def test_a_deleted_draft_leaves_nothing_of_its_signatures(draft: Any, focal_point: User) -> None:
    submissions.delete_draft(draft, actor=person(focal_point), now=NOW)
    assert (JointStatement.objects.count(), Signature.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_list_of_texts_to_sign_costs_the_same_with_few_and_many(
    client: Client, organization: Organization, number: int, django_assert_num_queries: Any
) -> None:
    (other,) = make_signatories(1)
    for _ in range(number):
        ask(invite(make_practice(organization), other))
    client.force_login(owner_of(other))
    with django_assert_num_queries(5):
        assert client.get("/en/desk/signatures/").text.count('class="item__title"') == number
