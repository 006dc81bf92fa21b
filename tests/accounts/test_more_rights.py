"""An administrator of the portal is no superuser, and finds no way to be one, or to be somebody else.

Each way is tried by an administrator with a second step and every permission that the groups give.
"""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group as GroupRow
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client

from portal.accounts.groups import NEVER, STOCK, ensure_groups, permissions_of
from portal.accounts.models import User
from portal.common.actors import Group
from tests.accounts.test_signin import PASSWORD
from tests.accounts.test_signup import code_in
from tests.factories import make_user

PERSON: dict[str, Any] = {
    "email": "mine@example.org",
    "name": "Me",
    "first_name": "A",
    "last_name": "B",
    "language": "es",
    "is_active": "on",
    "is_superuser": "on",
    "is_staff": "on",
    "password1": "correct horse battery staple",
    "password2": "correct horse battery staple",
}


class Scene:
    """An administrator, a superuser, an editor, and all that could have been changed."""

    def __init__(self) -> None:
        self.me = make_user(Group.ADMINISTRATOR, name="Me")
        self.root = User.objects.create_superuser("root@example.org", "x" * 12)
        self.editor = make_user(Group.EDITOR, email="editor@example.org")
        self.group = GroupRow.objects.get(name=Group.ADMINISTRATOR)
        self.every = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)]
        self.address = EmailAddress.objects.get(user=self.editor)
        self.client = Client()
        self.client.force_login(self.me)
        # Else the ways at the desk would end at the page that asks for it.
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    def state(self) -> list[object]:
        """Rights and addresses of everybody."""
        people = User.objects.order_by("pk").values(
            "pk", "email", "is_superuser", "is_staff", "is_active", "password"
        )
        through = User.groups.through.objects.order_by("pk").values()
        rights = GroupRow.permissions.through.objects.order_by("pk").values()
        own = User.user_permissions.through.objects.order_by("pk").values()
        groups, addresses = (
            GroupRow.objects.order_by("pk").values(),
            EmailAddress.objects.order_by("pk").values(),
        )
        return [list(rows) for rows in (people, through, rights, own, groups, addresses)]

    def send(self, path: str, **sent: Any) -> Any:
        return self.client.post(path, sent)


WAYS: dict[str, Callable[[Scene], Any]] = {
    "a new superuser in the admin": lambda s: s.send("/admin/users/new/", **PERSON),
    "oneself in the admin": lambda s: s.send(f"/admin/users/edit/{s.me.pk}/", **PERSON),
    "a superuser's address in the admin": lambda s: s.send(f"/admin/users/edit/{s.root.pk}/", **PERSON),
    "somebody's address in the admin": lambda s: s.send(f"/admin/users/edit/{s.editor.pk}/", **PERSON),
    "a superuser deleted in the admin": lambda s: s.send(f"/admin/users/delete/{s.root.pk}/"),
    "roles by bulk action": lambda s: s.send(
        f"/admin/bulk/accounts/user/assign_role/?id={s.me.pk}", role=s.group.pk
    ),
    "suspended by bulk action": lambda s: s.send(
        f"/admin/bulk/accounts/user/set_active_state/?id={s.root.pk}", mark_as_active=""
    ),
    "deleted by bulk action": lambda s: s.send(f"/admin/bulk/accounts/user/delete/?id={s.root.pk}"),
    "a new group in the admin": lambda s: s.send("/admin/groups/new/", name="All", permissions=s.every),
    "one's group in the admin": lambda s: s.send(
        f"/admin/groups/edit/{s.group.pk}/", name=s.group.name, permissions=s.every
    ),
    "a group deleted in the admin": lambda s: s.send(f"/admin/groups/delete/{s.group.pk}/"),
    "name and address in the admin's account": lambda s: s.send(
        "/admin/account/",
        **{f"name_email-{name}": value for name, value in PERSON.items()},
        **{"locale-preferred_language": "en", "theme-theme": "system"},
    ),
    "a user in Django's admin": lambda s: s.send("/django-admin/accounts/user/add/", **PERSON),
    "oneself in Django's admin": lambda s: s.send(f"/django-admin/accounts/user/{s.me.pk}/change/", **PERSON),
    "a group in Django's admin": lambda s: s.send(
        f"/django-admin/auth/group/{s.group.pk}/change/", name=s.group.name, permissions=s.every
    ),
    "a new group in Django's admin": lambda s: s.send(
        "/django-admin/auth/group/add/", name="All", permissions=s.every
    ),
    "somebody's address in Django's admin": lambda s: s.send(
        f"/django-admin/account/emailaddress/{s.address.pk}/change/", user=s.me.pk, email="mine@example.org"
    ),
    "another address of a superuser in Django's admin": lambda s: s.send(
        "/django-admin/account/emailaddress/add/", user=s.root.pk, email="mine@example.org", verified="on"
    ),
    "one's own tasks at the desk": lambda s: s.send(
        f"/en/desk/staff/{s.me.pk}/", tasks=[each.value for each in Group], reason="More"
    ),
    "a superuser's tasks at the desk": lambda s: s.send(
        f"/en/desk/staff/{s.root.pk}/", tasks=["editor"], reason="x"
    ),
    "a superuser suspended at the desk": lambda s: s.send(f"/en/desk/staff/{s.root.pk}/suspend/", reason="x"),
    "oneself suspended at the desk": lambda s: s.send(f"/en/desk/staff/{s.me.pk}/suspend/", reason="x"),
    "a superuser by an unknown task": lambda s: s.send(
        f"/en/desk/staff/{s.editor.pk}/", tasks=["superuser"], is_superuser="on", reason="x"
    ),
    "a superuser by invitation": lambda s: s.send(
        "/en/desk/staff/invite/", **(PERSON | {"tasks": ["superuser"], "reason": "x"})
    ),
    "one's profile": lambda s: s.send("/en/desk/profile/", **PERSON),
}


@pytest.fixture
def scene(db: None) -> Scene:
    ensure_groups()
    return Scene()


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_more(scene: Scene, way: str) -> None:
    before = scene.state()
    answer = WAYS[way](scene)
    assert scene.state() == before
    assert answer.status_code in {200, 302, 403, 404}
    assert "reauthenticate" not in answer.headers.get("Location", "")


def test_what_the_ways_send_works_where_it_may(scene: Scene) -> None:
    before = scene.state()
    scene.send(f"/en/desk/staff/{scene.editor.pk}/", tasks=["moderator"], reason="x")
    assert scene.state() != before


def test_the_address_of_somebody_else_is_no_way(scene: Scene) -> None:
    """An address changes by a code to the new one, and only one's own, whoever is named."""
    whose = {"user": scene.root.pk, "user_id": scene.root.pk, "email": "mine@example.org"}
    page = scene.client.post(f"/accounts/email/?user={scene.root.pk}", whose | {"action_add": "1"}).url
    scene.client.post(page, whose | {"code": code_in(mail.outbox[-1])})
    addresses = dict(User.objects.values_list("pk", "email"))
    assert (addresses[scene.root.pk], addresses[scene.me.pk]) == ("root@example.org", "mine@example.org")


@pytest.mark.parametrize(
    "path", ["/admin/users/", "/admin/groups/", "/admin/users/new/", "/admin/bulk/accounts/user/x/"]
)
def test_the_admin_leads_to_our_screen(scene: Scene, path: str) -> None:
    assert scene.client.get(path).url == "/es/desk/staff/"


@pytest.mark.long
def test_the_admins_menu_names_people_once(scene: Scene) -> None:
    page = scene.client.get("/admin/").text
    assert "/es/desk/staff/" in page or "/desk/staff/" in page
    assert "/admin/users/" not in page
    assert "/admin/groups/" not in page


@pytest.mark.long
def test_the_admins_account_can_be_saved(scene: Scene) -> None:
    page = scene.client.get("/admin/account/")
    assert "name_email" not in page.text
    fields = {
        f"{form.prefix}-{name}": form.initial.get(name) or ""
        for panels in page.context["panels_by_tab"].values()
        for form in [panel.get_form() for panel in panels]
        for name in form.fields
    }
    assert scene.send("/admin/account/", **fields).status_code == 302


@pytest.mark.parametrize("group", [None, *Group])
def test_django_s_admin_is_for_superusers(db: None, group: Group | None) -> None:
    client = Client()
    client.force_login(make_user(*filter(None, [group])))
    answer = client.get("/django-admin/auth/group/", follow=True)
    assert answer.status_code == 403
    assert client.get("/django-admin/login/").status_code in {302, 403}


def test_a_superuser_opens_it(scene: Scene) -> None:
    scene.client.force_login(scene.root)
    assert scene.client.get("/django-admin/auth/group/").status_code == 200


def test_no_task_holds_a_permission_to_people() -> None:
    held = {name.split(".")[0] for group in Group for name in permissions_of(group)}
    assert held & {app for app, _model in NEVER} == set()
    assert not set(STOCK) & {each.value for each in Group}


@pytest.mark.parametrize("group", [Group.MODERATOR, Group.PROTECTION])
def test_titles_of_drafts_stay_with_editors(db: None, group: Group, consultation_pages: Any) -> None:
    """Wagtail lists every page to whoever it lets in."""
    draft = consultation_pages.consultation["es"]
    draft.title = draft.draft_title = "Zunzun en borrador"
    draft.live = False
    draft.save()
    ensure_groups()
    client = Client()
    client.force_login(make_user(group))
    paths = [
        "choose-page/",
        f"choose-page/{draft.get_parent().pk}/",
        "choose-page/search/?q=Zunzun",
        f"pages/{draft.get_parent().pk}/",
        "pages/search/?q=Zunzun",
        f"pages/{draft.pk}/view_draft/",
        "api/main/pages/?fields=*",
        "reports/aging-pages/",
        "reports/site-history/",
    ]
    answers = [client.get(f"/admin/{path}") for path in paths]
    assert [answer.status_code for answer in answers] == [403] * len(paths)
    assert not any("Zunzun en" in answer.text for answer in answers)
    assert client.get("/admin/").status_code == 200
    client.force_login(make_user(Group.EDITOR))
    assert "Zunzun en" in client.get(f"/admin/{paths[1]}").text
