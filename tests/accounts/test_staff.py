"""Who works for the portal: invited, given tasks, suspended, let in again."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import StaffChange, StaffInvitation, User
from portal.accounts.staff import domain, inviting
from portal.accounts.staff.inviting import Invited
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.formatting import colon
from portal.common.models import Event
from tests.accounts.test_signin import PASSWORD
from tests.accounts.test_signup import code_in
from tests.factories import make_user
from tests.factories.browser import Browser
from tests.factories.staff import code_in_mail

NOW = timezone.now()
ROOM, LINK = "/en/desk/staff/", "/en/desk/staff/invitation/?code="
NEW = "new@example.org"
EDITS = {"email": NEW, "tasks": "editor", "language": "en", "reason": "More hands"}


@pytest.fixture
def admin(db: None) -> User:
    """An ordinary one: no superuser."""
    return make_user(Group.ADMINISTRATOR, name="Ada", language="en")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown_again(user: User) -> Client:
    """Somebody who has just shown who they are."""
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def invite(
    admin: User, email: str = NEW, tasks: Collection[Group] = (Group.EDITOR,), now: datetime = NOW
) -> StaffInvitation:
    return inviting.invite(Invited(email, tasks, "en", "More hands"), actor=person(admin), now=now)


def tasks_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_the_room_names_everybody_with_tasks_and_step(admin: User, editor: User, focal_point: User) -> None:
    invite(admin)
    admin.groups.create(name="Odd")
    page = signed_in(admin).get(ROOM).text
    assert all(
        word in page
        for word in (
            editor.email,
            "Editor",
            "Administrator, Odd",
            "No second step yet",
            "Never signed in",
            NEW,
        )
    )
    assert focal_point.email not in page


def test_what_a_browser_sent_goes_on_once_one_has_shown_who_one_is(admin: User) -> None:
    browser = Browser()
    browser.force_login(admin)
    door = browser.send(browser.form_at(f"{ROOM}invite/"), **EDITS).headers["Location"]
    assert browser.send(browser.form_at(door), password=PASSWORD).headers["Location"] == ROOM
    assert StaffInvitation.objects.get().reason == EDITS["reason"]
    assert mail.outbox[0].to == [NEW]


@pytest.mark.parametrize("others", [0, 3])
def test_the_room_costs_the_same_for_many(
    admin: User, others: int, django_assert_num_queries: object
) -> None:
    for number in range(others):
        make_user(Group.EDITOR, Group.MODERATOR)
        invite(admin, f"a{number}@example.org")
    client = signed_in(admin)
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert client.get(ROOM).status_code == 200


@pytest.mark.parametrize("group", [None, *(each for each in Group if each != Group.ADMINISTRATOR)])
def test_nobody_else_enters_the_room(db: None, editor: User, group: Group | None) -> None:
    client = signed_in(make_user(*filter(None, [group])))
    pages = [
        client.get(f"{ROOM}{path}") for path in ("", "invite/", f"{editor.pk}/", f"{editor.pk}/suspend/")
    ]
    assert [page.status_code for page in pages] == [403, 403, 404, 404]
    assert not any(editor.email in page.text for page in pages)
    assert client.get("/admin/users/").status_code == 403
    assert ">Staff<" not in client.get("/en/desk/").text


@pytest.mark.parametrize("group", [None, *(each for each in Group if each != Group.ADMINISTRATOR)])
def test_nobody_else_changes_the_staff(admin: User, editor: User, group: Group | None) -> None:
    row, mails = invite(admin, "other@example.org"), len(mail.outbox)
    client = shown_again(make_user(*filter(None, [group])))
    page, sent = f"{ROOM}{editor.pk}/", {"tasks": ["moderator"], "reason": "Mine now"}
    answers = [
        client.post(address, EDITS | sent).status_code
        for address in (
            f"{ROOM}invite/",
            page,
            f"{page}suspend/",
            f"{page}restore/",
            f"{ROOM}invitations/{row.key}/resend/",
            f"{ROOM}invitations/{row.key}/revoke/",
        )
    ]
    editor.refresh_from_db()
    row.refresh_from_db()
    assert answers == [403, 404, 404, 404, 404, 404]
    assert (editor.is_active, tasks_of(editor), row.revoked_at) == (True, {"editor"}, None)
    assert (StaffInvitation.objects.count(), len(mail.outbox)) == (1, mails)


@pytest.mark.parametrize("way", ["password", "code", "reset"])
def test_a_suspended_account_opens_nothing_by_any_way(editor: User, way: str) -> None:
    """Also one that was begun before: the code waits, then the account is suspended."""
    client = Client()
    if way == "reset":
        client.post("/accounts/password/reset/", {"email": editor.email})
        link = re.search(r"http://testserver(/\S+/reset/key/\S+)", str(mail.outbox[-1].body))
        assert link is not None
        page = client.get(link[1], follow=True).request["PATH_INFO"]
        sent = {"password1": "quite new words here", "password2": "quite new words here"}
    else:
        page = "/accounts/login/"
        sent = {"login": editor.email, "password": PASSWORD}
    if way == "code":
        page = client.post(page, {"login": editor.email}).url
        sent = {"code": code_in(mail.outbox[-1])}
    User.objects.filter(pk=editor.pk).update(is_active=False)
    client.post(page, sent, follow=True)
    assert client.get("/en/desk/").url.startswith("/accounts/login/")
    User.objects.filter(pk=editor.pk).update(is_active=True)
    assert client.get("/en/desk/").url.startswith("/accounts/login/")


def test_invite_accept_and_work(admin: User) -> None:
    client = shown_again(admin)
    assert client.post(f"{ROOM}invite/", EDITS).url == ROOM
    told = mail.outbox[-1]
    assert (told.to, told.subject) == ([NEW], "You are invited to work for the Cartagena+40 portal")
    assert "Ada invites you to work for the Cartagena+40 portal. Your tasks would be: Editor." in told.body
    code = code_in_mail()
    assert code not in str(list(StaffInvitation.objects.values())) + str(list(Event.objects.values()))
    new = make_user(email=NEW, language="en")
    invited = signed_in(new)
    assert "Your tasks would be: Editor." in invited.get(LINK + code).text
    assert invited.post(LINK + code).url == "/en/desk/"
    assert tasks_of(new) == {"editor"}
    assert "This invitation was used already." in invited.get(LINK + code).text
    assert StaffChange.objects.get().reason == "More hands"
    logged = Event.objects.filter(action__startswith="staff_").order_by("pk").values_list("action", flat=True)
    assert list(logged) == ["staff_invited", "staff_joined"]


def test_a_stranger_signs_up_on_the_way(admin: User) -> None:
    invite(admin)
    assert (
        Client().get(LINK + code_in_mail()).url.startswith("/accounts/login/?next=/en/desk/staff/invitation/")
    )


def test_only_the_owner_of_the_address_accepts(admin: User, focal_point: User) -> None:
    row = invite(admin)
    code, client = code_in_mail(), signed_in(focal_point)
    page = client.get(LINK + code).text
    assert "This invitation is for another address" in page
    assert (NEW in page, client.post(LINK + code).status_code) == (False, 403)
    unconfirmed = make_user(email=NEW)
    unconfirmed.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed):
        inviting.accept(row, actor=person(unconfirmed), now=NOW)
    assert "Nothing is known of this link" in client.get(LINK + "x").text


def test_an_invitation_ends(admin: User) -> None:
    new = person(make_user(email=NEW))
    late = invite(admin, now=NOW - timedelta(hours=72))
    _is_closed(late, new, "72 hours")
    newer = inviting.resend(late, actor=person(admin), now=NOW)
    _is_closed(late, new, "withdrawn, or a newer mail was sent")
    inviting.revoke(newer, actor=person(admin), now=NOW)
    _is_closed(newer, new, "withdrawn")
    last = invite(admin)
    other = make_user(Group.ADMINISTRATOR)
    domain.change_tasks(admin, tasks=[], reason="Left", actor=person(other), now=NOW)
    _is_closed(last, new, "gives no tasks any more")
    assert StaffInvitation.objects.filter(used_at=None).count() == 3


def _is_closed(row: StaffInvitation, actor: Actor, told: str) -> None:
    with translation.override("en"), pytest.raises(WrongState) as refused:
        inviting.accept(row, actor=actor, now=NOW)
    with translation.override("en"):
        assert told in str(inviting.why_closed(StaffInvitation.objects.get(pk=row.pk), NOW))
    assert refused.value.message


def test_what_is_wrong_with_an_invitation_stands_at_its_field(admin: User, editor: User) -> None:
    client = shown_again(admin)
    page = client.post(f"{ROOM}invite/", {"email": editor.email, "language": "en", "reason": " "})
    assert set(page.context["form"].errors) == {"tasks", "reason"}
    page = client.post(f"{ROOM}invite/", EDITS | {"email": editor.email.upper(), "reason": "Why not"})
    assert set(page.context["form"].errors) == {"email"}
    assert "Why not" in page.text
    assert mail.outbox == []


def test_invitations_of_a_day_are_limited(admin: User) -> None:
    for number in range(20):
        invite(admin, f"a{number}@example.org")
    with pytest.raises(Incomplete):
        invite(admin)
    invite(admin, now=NOW + timedelta(days=1, seconds=1))


def test_tasks_are_given_with_a_reason_and_told(admin: User, editor: User, administrator: User) -> None:
    client = shown_again(admin)
    page = f"{ROOM}{editor.pk}/"
    assert set(client.post(page, {"tasks": ["moderator"]}).context["form"].errors) == {"reason"}
    sent = {"tasks": ["moderator", "editor"], "reason": "The queue is long"}
    assert client.post(page, sent).url == page
    assert tasks_of(editor) == {"editor", "moderator"}
    assert {each.to[0] for each in mail.outbox} == {editor.email, administrator.email}
    assert all("The queue is long" in each.body for each in mail.outbox)
    event = Event.objects.get(action="staff_tasks_changed")
    assert (event.object_key, event.user_id, event.details["tasks"]) == (
        str(editor.pk),
        admin.pk,
        ["editor", "moderator"],
    )
    assert "The queue is long" not in str(event.details)
    assert "The queue is long" in client.get(page).text


def test_who_cares_for_protection_is_told_who_else_does(editor: User, administrator: User) -> None:
    both = make_user(Group.ADMINISTRATOR, Group.PROTECTION, email="both@example.org")
    other = make_user(Group.PROTECTION, email="protects@example.org")
    tasks = [Group.EDITOR, Group.PROTECTION]
    domain.change_tasks(editor, tasks=tasks, reason="Leave", actor=person(both), now=NOW)
    assert {each.to[0] for each in mail.outbox} == {editor.email, administrator.email, other.email}


def test_two_administrators_do_not_undo_each_other(admin: User, editor: User) -> None:
    """What somebody has not read on the page they do not take away; the form keeps what was chosen."""
    client, page = shown_again(admin), f"{ROOM}{editor.pk}/"
    seen = re.findall('name="seen" value="([^"]*)"', client.get(page).text)
    assert seen == ["", "editor"]
    other = person(make_user(Group.ADMINISTRATOR))
    domain.change_tasks(editor, tasks=[Group.MODERATOR], reason="Queue", actor=other, now=NOW)
    late = client.post(page, {"tasks": ["editor", "observatory"], "reason": "Help", "seen": seen})
    assert "Now they are: Moderator." in late.context["form"].errors["tasks"][0]
    assert tasks_of(editor) == {"moderator"}
    assert re.findall('name="seen" value="([^"]*)"', late.text) == ["", "moderator"]
    assert 'value="observatory" checked' in re.sub(r"\s+id=\S+|\s+", " ", late.text).replace("  ", " ")


def test_who_has_no_task_left_leaves_the_room(admin: User, editor: User) -> None:
    client, page = shown_again(admin), f"{ROOM}{editor.pk}/"
    answer = client.post(page, {"reason": "Moved on"}, follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([(ROOM, 302)], 200)
    assert client.get(page).status_code == 404


def test_the_same_tasks_again_change_nothing_and_say_so(admin: User, editor: User) -> None:
    page = shown_again(admin).post(
        f"{ROOM}{editor.pk}/", {"tasks": ["editor"], "reason": "The same."}, follow=True
    )
    assert "Nothing to change: these are the tasks already." in page.text
    assert (StaffChange.objects.count(), mail.outbox) == (0, [])


def test_the_room_writes_tasks_and_languages_as_each_language_does(admin: User) -> None:
    page = shown_again(admin).get("/fr/desk/staff/invite/").text
    with translation.override("fr"):
        assert f"{colon('Rédaction')} " in page
    assert "Rédaction:" not in page
    assert all(name in page for name in ("English", "Português", "Español"))


def test_who_was_suspended_and_lost_all_tasks_can_be_let_in(admin: User, editor: User) -> None:
    client, page = shown_again(admin), f"{ROOM}{editor.pk}/"
    client.post(f"{page}suspend/", {"reason": "Lost phone"})
    assert client.post(page, {"reason": "Moved on"}).url == page
    assert client.post(f"{page}restore/", {"reason": "A member still"}).url == ROOM
    editor.refresh_from_db()
    assert (editor.is_active, tasks_of(editor)) == (True, set())


def test_suspended_at_once_and_back(admin: User, editor: User) -> None:
    theirs = Client()
    theirs.post("/accounts/login/", {"login": editor.email, "password": PASSWORD})
    assert theirs.get("/en/desk/").status_code == 200
    client, page = shown_again(admin), f"{ROOM}{editor.pk}/"
    assert client.post(f"{page}suspend/", {"reason": "Lost phone"}).url == page
    assert theirs.get("/en/desk/").status_code == 302
    assert editor.sign_ins.count() == 0
    theirs.post("/accounts/login/", {"login": editor.email, "password": PASSWORD})
    assert theirs.get("/en/desk/").status_code == 302
    assert "This account is suspended" in client.get(page).text
    assert (
        client.post(
            f"{page}suspend/", {"reason": "Twice"}, headers={"origin": "http://testserver"}
        ).status_code
        == 409
    )
    client.post(f"{page}restore/", {"reason": "Phone is back"})
    theirs.post("/accounts/login/", {"login": editor.email, "password": PASSWORD})
    assert (theirs.get("/en/desk/").status_code, tasks_of(editor)) == (200, {"editor"})


def test_the_last_administrator_stays(admin: User, editor: User) -> None:
    root = person(User.objects.create_superuser("root@example.org"))
    User.objects.filter(groups__name=Group.ADMINISTRATOR).exclude(pk=admin.pk).update(is_active=False)
    for verb in (
        lambda: domain.suspend(admin, reason="Out", actor=root, now=NOW),
        lambda: domain.change_tasks(admin, tasks=[Group.EDITOR], reason="Out", actor=root, now=NOW),
    ):
        with pytest.raises(Incomplete):
            verb()
    make_user(Group.ADMINISTRATOR)
    domain.suspend(admin, reason="Out", actor=root, now=NOW)
    with pytest.raises(NotAllowed):
        domain.suspend(editor, reason="Revenge", actor=person(User.objects.get(pk=admin.pk)), now=NOW)


def test_who_was_suspended_in_the_meantime_changes_nothing(admin: User, editor: User) -> None:
    """The request began before."""
    actor, other = person(admin), make_user(Group.ADMINISTRATOR)
    domain.suspend(admin, reason="Out", actor=person(other), now=NOW)
    with pytest.raises(NotAllowed):
        domain.suspend(editor, reason="Revenge", actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        invite(admin)


def test_what_changes_the_staff_asks_first_who_one_is(admin: User, editor: User) -> None:
    """A session that was left open changes nothing; what was sent goes on once it was shown."""
    client, page = signed_in(admin), f"{ROOM}{editor.pk}/"
    row = invite(admin, "other@example.org")
    mails = len(mail.outbox)
    for address, sent in (
        (page, {"tasks": ["moderator"], "reason": "Mine now"}),
        (f"{page}restore/", {"reason": "Mine now"}),
        (f"{ROOM}invite/", EDITS),
        (f"{ROOM}invitations/{row.key}/resend/", {}),
        (f"{page}suspend/", {"reason": "Lost phone"}),
    ):
        asked = client.post(address, sent)
        assert (asked.status_code, asked.url.partition("?")[0]) == (302, "/accounts/reauthenticate/")
    editor.refresh_from_db()
    assert (editor.is_active, tasks_of(editor), len(mail.outbox)) == (True, {"editor"}, mails)
    assert StaffInvitation.objects.count() == 1
    assert client.post(asked.url, {"password": PASSWORD}).url == page
    editor.refresh_from_db()
    assert not editor.is_active
