"""The groups of the staff: which there are and what they may do in the admin."""

from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import Group as GroupRow
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client

from portal.accounts.groups import OWN, STOCK, UnknownPermission, ensure_groups, permissions_of
from portal.accounts.models import User
from portal.common.actors import Group
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _no_groups(db: None) -> None:
    """The test database has them, as every installation."""
    GroupRow.objects.all().delete()


def test_ensure_groups_makes_each_group_once(db: None) -> None:
    assert (ensure_groups(), ensure_groups()) == (len(Group), 0)


def test_command_says_what_it_did(db: None) -> None:
    out = StringIO()
    call_command("ensure_groups", stdout=out)
    assert out.getvalue() == f"groups: {len(Group)} made, the others were there\n"


def test_groups_open_the_admin_to_those_who_work_there(db: None) -> None:
    ensure_groups()
    users = {group: User.objects.get(pk=make_user(group).pk) for group in Group}
    opened = [group for group, user in users.items() if user.has_perm("wagtailadmin.access_admin")]
    assert opened == [Group.EDITOR, Group.MODERATOR, Group.PROTECTION, Group.ADMINISTRATOR]


def test_editor_edits_pages_and_moderator_does_not(client: Client, consultation_pages: object) -> None:
    ensure_groups()
    page = consultation_pages.consultation["es"]  # type: ignore[attr-defined]
    answers = []
    for group in (Group.EDITOR, Group.MODERATOR):
        client.force_login(make_user(group))
        answers.append(client.get(f"/admin/pages/{page.pk}/edit/").status_code)
    assert answers == [200, 403]


def test_groups_have_every_permission_of_the_tables(db: None) -> None:
    ensure_groups()
    for name in Group:
        rows = GroupRow.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
        assert {f"{app}.{codename}" for app, codename in rows} == permissions_of(name)


def test_the_table_names_no_app_above_but_apps_may_add_theirs() -> None:
    ours = [config for config in apps.get_app_configs() if config.name.startswith(("portal.", "search"))]
    named = {name.split(".")[0] for names in OWN.values() for name in names}
    assert named & {config.label for config in ours} == set()
    assert [group for group in Group if "taxonomy.change_organizationtype" in permissions_of(group)] == [
        Group.EDITOR,
        Group.ADMINISTRATOR,
    ]


@pytest.mark.parametrize(
    "codename", ["add_redirect", "access_admin", "add_organizationtype", "publish_page", "choose_image"]
)
def test_a_permission_that_does_not_exist_is_refused_by_name(db: None, codename: str) -> None:
    Permission.objects.filter(codename=codename).update(codename="renamed")
    with pytest.raises(UnknownPermission, match=rf"\.{codename}\b"):
        ensure_groups()
    assert not GroupRow.objects.filter(name=Group.ADMINISTRATOR).exists()


def test_no_group_may_make_more_of_people(db: None) -> None:
    """Also where a group was given it before; what Wagtail makes goes when nobody is in it."""
    ensure_groups()
    group = GroupRow.objects.get(name=Group.ADMINISTRATOR)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    stock = [GroupRow.objects.create(name=name) for name in STOCK]
    make_user().groups.add(stock[0])
    ensure_groups()
    assert not group.permissions.filter(codename="change_user").exists()
    assert list(GroupRow.objects.filter(name__in=STOCK)) == stock[:1]
