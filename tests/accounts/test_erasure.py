"""A person goes: whatever held the name, the address or the phone before holds none of them afterwards."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.domain import CONFIRM_WITHIN, forget_unconfirmed
from portal.accounts.models import User
from portal.accounts.queries import names_of
from portal.accounts.rights.domain import Request, erase_account, erase_address
from portal.accounts.rights.downloading import archive
from portal.accounts.rights.enums import Asked
from portal.accounts.rights.queries import person_of
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed
from portal.common.events import history
from portal.common.models import Event
from portal.moderation.models import Decision
from portal.observatory.dossiers.models import Dossier
from portal.organizations.enums import Role
from portal.organizations.members.queries import out_of_reach
from portal.organizations.models import Membership, Organization, Proof
from portal.reports.models import Evidence
from portal.work.models import Job
from portal.work.personal import words_of
from tests.accounts.test_staff import shown_again
from tests.factories import make_intervention, make_organization, make_user
from tests.factories.organizations import add_member
from tests.factories.personal import KINDS, Tokens, invite_address, signed_up, tokens
from tests.thinning import thinned
from tests.work.conftest import do_all, stored_mails  # noqa: F401  # reason: a fixture

NOW = timezone.now()
OFTEN = ("owner", "last owner", "moderator", "editor")
FOLDERS = ("MEDIA_ROOT", "PRIVATE_MEDIA_ROOT", "SEARCH_DIR")
PAGE = "/accounts/your-data/erase/"
ASKED = Request(Asked.LETTER, date(2026, 5, 4))


def everywhere() -> Iterator[tuple[str, str]]:
    """Every cell of every table, sessions and mails unpacked, all files on disk and what was sent."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, _text(row)
    for session in Session.objects.all():
        yield "a session", str(session.get_decoded())
    for job in Job.objects.filter(kind="mail").exclude(payload={}):
        yield "a stored mail", words_of(job)
    for path in _files():
        yield str(path), f"{path} {path.read_bytes().decode(errors='replace')}"


def _text(row: Iterable[Any]) -> str:
    """Bytes as far as they are letters."""
    is_raw = (bytes, memoryview)
    cells = (bytes(each).decode(errors="replace") if isinstance(each, is_raw) else str(each) for each in row)
    return "\n".join(cells)


def _files() -> Iterator[Path]:
    for name in FOLDERS:
        yield from (path for path in Path(getattr(settings, name)).rglob("*") if path.is_file())


def places(told: Tokens) -> set[str]:
    return {where for where, text in everywhere() if any(word in text for word in told.words)}


def downloaded(user: User) -> str:
    with archive(person_of(user), now=NOW, language="es") as file:
        packed = ZipFile(BytesIO(file.read()))
    return "\n".join(
        "\n".join(map(str, message_from_bytes(content, policy=policy.default).walk())) + content.decode()
        for content in map(packed.read, packed.namelist())
    )


def erase(user: User, **more: Any) -> None:
    erase_account(user, actor=person(user), now=NOW, **more)


@pytest.mark.few(2)
@pytest.mark.usefixtures("stored_mails", "empty_folders")
@pytest.mark.parametrize("kind", thinned(KINDS, lambda kind: kind in OFTEN))
def test_who_is_erased_stands_nowhere(
    db: None,
    kind: str,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    caplog.set_level("DEBUG")
    told = tokens()
    user = KINDS[kind](told)
    before = places(told)
    assert {"accounts_user", "common_keptform"} <= before
    assert [word for word in told.words if word not in downloaded(user)] == []
    with django_capture_on_commit_callbacks(execute=True):
        erase(user, to_secretariat=kind == "last owner")
    do_all("mail")
    assert places(told) == set()
    assert [each.to for each in mail.outbox if told.email in each.to] == [[told.email]]
    assert [word for word in told.words if word in caplog.text] == []
    erase(user)
    assert history("user", user.pk).filter(action="erased").count() == 1
    with override("en"):
        assert names_of([user.pk]) == {user.pk: "a former account"}


@pytest.fixture
def empty_folders(settings: Any, tmp_path: Path) -> None:
    for name in FOLDERS[:2]:
        setattr(settings, name, tmp_path / name)


@pytest.mark.usefixtures("stored_mails")
def test_who_was_only_invited_stands_nowhere(db: None) -> None:
    told, admin = tokens(), make_user(Group.ADMINISTRATOR)
    invite_address(told)
    assert places(told) >= {"organizations_invitation", "accounts_staffinvitation", "a stored mail"}
    assert erase_address(told.email, actor=person(admin), now=NOW, asked=ASKED) == 3
    assert places(told) == set()


def test_a_sign_up_never_confirmed_stands_nowhere(db: None) -> None:
    told = tokens()
    user = KINDS["unconfirmed"](told)
    User.objects.filter(pk=user.pk).update(date_joined=NOW - CONFIRM_WITHIN - timedelta(days=1))
    assert forget_unconfirmed() == 1
    assert places(told) == set()


def test_texts_of_the_organization_stay(db: None) -> None:
    told = tokens()
    user = KINDS["owner"](told)
    organization = user.organizations.get()
    texts = list(organization.interventions.values_list("title", "state"))
    erase(user)
    assert list(organization.interventions.values_list("title", "state", "author")) == [
        (*each, None) for each in texts
    ]
    organization.refresh_from_db()
    assert (organization.evidence, organization.submitted_profile["evidence"]) == ("", "")
    assert not Proof.objects.exists()
    assert Evidence.objects.get().file.name.startswith("file-")


def test_others_keep_all_they_have(db: None) -> None:
    """Nothing of somebody with the same beginnings of name and address goes along."""
    told = tokens()
    other = signed_up(Tokens(f"{told.name}a", f"a{told.email}", f"{told.phone}1"))
    before = downloaded(other)
    erase(KINDS["who asks to join"](told))
    assert downloaded(other).splitlines() == before.splitlines()


def test_no_download_holds_what_is_of_others(db: None) -> None:
    told, secret = tokens(), tokens()
    user = KINDS["owner"](told)
    for row in user.organizations.get().memberships.exclude(user=user):
        User.objects.filter(pk=row.user_id).update(name=secret.name, email=secret.email)
    invite_address(secret)
    assert [word for word in secret.words if word in downloaded(user)] == []


def test_the_last_owner_names_who_follows_or_tells_the_secretariat(db: None) -> None:
    user = KINDS["last owner"](tokens())
    organization = user.organizations.get()
    with pytest.raises(Incomplete) as refusal:
        erase(user)
    assert organization.name in str(refusal.value.problems[0].message)
    assert list(out_of_reach(NOW)) == []
    erase(user, to_secretariat=True)
    assert [list(out_of_reach(NOW)), Membership.objects.count()] == [[organization], 0]


@pytest.mark.long
def test_a_draft_with_texts_is_left_to_the_secretariat(db: None) -> None:
    """One that nobody else saw goes, one that has written stays and is seen."""
    user = KINDS["owner of a draft"](tokens())
    written = make_organization(owner=user)
    make_intervention(written)
    assert list(out_of_reach(NOW)) == []
    erase(user, to_secretariat=True)
    assert [list(out_of_reach(NOW)), list(Organization.objects.filter(state="draft"))] == [
        [written],
        [written],
    ]


def test_a_successor_lets_the_last_owner_go(db: None) -> None:
    user, heir = KINDS["last owner"](tokens()), make_user()
    organization = user.organizations.get()
    add_member(organization, heir, Role.OWNER)
    erase(user)
    assert list(organization.memberships.values_list("user", "role")) == [(heir.pk, Role.OWNER)]


def test_the_last_administrator_stays(db: None) -> None:
    admin = make_user(Group.ADMINISTRATOR)
    with pytest.raises(Incomplete):
        erase(admin)
    make_user(Group.ADMINISTRATOR)
    erase(admin)
    assert not User.objects.filter(pk=admin.pk).exists()


def test_nothing_keeps_a_moderator_from_going(db: None) -> None:
    user = KINDS["moderator"](tokens())
    user.delete()
    assert [Decision.objects.get().decided_by, Organization.objects.get().decided_by] == [None, None]


def test_only_the_last_owner_is_kept_by_the_database(db: None) -> None:
    with pytest.raises(ProtectedError):
        KINDS["last owner"](tokens()).delete()


@pytest.mark.long
def test_a_dossier_passes_to_the_editor_who_was_let_in(db: None) -> None:
    told = tokens()
    user = signed_up(told)
    heir = make_user(email="guest@example.org")
    own = Dossier.objects.get(owner=user)
    own.shares.update(role="editor", person=heir)
    Dossier.objects.filter(pk=own.pk).update(title="Shared", description="")
    erase(user)
    own.refresh_from_db()
    assert own.owner == heir


def test_nobody_else_erases_an_account(db: None) -> None:
    user, admin = make_user(), make_user(Group.ADMINISTRATOR)
    for actor in (make_user(), make_user(Group.MODERATOR)):
        with pytest.raises(NotAllowed):
            erase_account(user, actor=person(actor), now=NOW, asked=ASKED)
        with pytest.raises(NotAllowed):
            erase_address("a@example.org", actor=person(actor), now=NOW, asked=ASKED)
    with pytest.raises(NotAllowed):
        erase_account(user, actor=person(admin), now=NOW)
    assert User.objects.filter(pk=user.pk).exists()


def test_the_log_holds_keys_and_no_names(db: None) -> None:
    user = make_user(name="Ana")
    make_organization_by(user)
    rows = Event.objects.filter(user_id=user.pk)
    assert {each.actor_name for each in rows} == {""}


def make_organization_by(user: User) -> None:
    from portal.accounts.domain import change_profile

    change_profile(user, name="Ana B", language="en", actor=person(user), now=NOW)


def test_the_page_asks_who_one_is_and_once_more(db: None) -> None:
    user = KINDS["last owner"](tokens())
    client = Client()
    client.force_login(user)
    assert client.post(PAGE, {"is_sure": "on", "to_secretariat": "on"}).status_code == 302
    assert User.objects.filter(pk=user.pk).exists()
    client = shown_again(user)
    page = client.get(f"{PAGE}?lang=en").text
    assert user.organizations.get().name in page
    refused = client.post(f"{PAGE}?lang=en", {"is_sure": "on"})
    assert "tick that the secretariat is to appoint one" in refused.text
    assert client.post(PAGE, {"to_secretariat": "on"}).status_code == 200
    assert User.objects.filter(pk=user.pk).exists()
    done = client.post(PAGE, {"is_sure": "on", "to_secretariat": "on"}, follow=True)
    assert (done.status_code, done.redirect_chain) == (200, [("/accounts/erased/", 302)])
    assert not User.objects.filter(pk=user.pk).exists()
    assert client.get("/es/desk/").status_code == 302


def test_an_administrator_erases_who_asks_in_writing(db: None) -> None:
    user, admin = make_user(), make_user(Group.ADMINISTRATOR)
    client, page = shown_again(admin), "/en/desk/staff/erasure/"
    told = {"email": user.email, "how": "letter", "on": "2026-05-04", "is_sure": "on"}
    assert "Nothing is held of this address." in client.post(page, told | {"email": "no@example.org"}).text
    assert "Say on which day the person asked." in client.post(page, told | {"on": ""}).text
    assert User.objects.filter(pk=user.pk).exists()
    assert client.post(page, told).status_code == 302
    assert not User.objects.filter(pk=user.pk).exists()
    event = history("user", user.pk).get(action="erased")
    assert (event.user_id, event.details) == (admin.pk, {"how": "letter", "on": "2026-05-04"})
    assert [each.to for each in mail.outbox] == [[user.email]]


def test_the_download_asks_who_one_is(db: None) -> None:
    user = make_user(name="Ana Own")
    client = Client()
    client.force_login(user)
    asked = client.get("/accounts/your-data/download/")
    assert asked.headers["Location"].endswith("?next=%2Faccounts%2Fyour-data%2F")
    ready = "You have shown that it is you"
    assert [
        ready in each.get("/accounts/your-data/?lang=en").text for each in (client, shown_again(user))
    ] == [
        False,
        True,
    ]
    answer = shown_again(user).get("/accounts/your-data/download/?lang=en")
    packed = ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert packed.namelist() == ["data.json", "data.html"]
    assert "Ana Own" in packed.read("data.html").decode()
    assert history("user", user.pk).filter(action="data_given").count() == 1
