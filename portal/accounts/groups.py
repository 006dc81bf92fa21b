"""The groups of the staff and what each may do in the admin; `ensure_groups` and the demo call it.

What an app above has in the admin it declares as `staff_permissions` of its AppConfig, by group. Who may
decide, verify or read the queue stands in the rules of each app, not in these tables.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.contrib.auth.models import Group as GroupRow
from django.contrib.auth.models import Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.common.actors import Group
from portal.common.declarations import declarations

# Names of permissions by group.
StaffPermissions = Mapping[Group, tuple[str, ...]]
ADMIN = ("wagtailadmin.access_admin",)
CONTENT = (*ADMIN, "wagtail_localize.submit_translation")
SITE = (
    *CONTENT,
    *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete", "view")),
)
OWN: StaffPermissions = {
    Group.EDITOR: CONTENT,
    Group.MODERATOR: ADMIN,
    Group.PROTECTION: ADMIN,
    Group.COMMISSIONER: (),
    Group.OBSERVATORY: (),
    Group.ADMINISTRATOR: SITE,
}
# Whoever has one of these can give themselves all others: no group of ours may.
NEVER = [("accounts", "user"), ("auth", "group"), ("auth", "permission"), ("account", "emailaddress")]
# Those that Wagtail makes; they would stand beside ours.
STOCK = ("Editors", "Moderators")
ON_PAGES = tuple(f"wagtailcore.{verb}_page" for verb in ("add", "change", "publish"))
ON_FILES = (
    *(f"wagtailimages.{verb}_image" for verb in ("add", "change", "choose")),
    *(f"wagtaildocs.{verb}_document" for verb in ("add", "change", "choose")),
)
WITH_CONTENT = (Group.EDITOR, Group.ADMINISTRATOR)


class UnknownPermission(LookupError):
    """A table above or an AppConfig names a permission that no installed app has."""


@transaction.atomic
def ensure_groups() -> int:
    """Every group with its permissions; adds what is missing. Returns how many groups were made.

    What would give a group more goes, and so do the groups that Wagtail makes, unless somebody is in them.

    Raises `UnknownPermission` where one is named that does not exist.
    """
    wanted = {name: permissions_of(name) for name in Group}
    rows = _permissions({*ON_PAGES, *ON_FILES}.union(*wanted.values()))
    groups = [GroupRow.objects.get_or_create(name=name.value) for name in Group]
    for group, _is_new in groups:
        group.permissions.add(*(rows[name] for name in wanted[Group(group.name)]))
    _give_content([group for group, _is_new in groups if group.name in WITH_CONTENT], rows)
    _take_away([group for group, _is_new in groups])
    GroupRow.objects.filter(name__in=STOCK, user=None).delete()
    return sum(is_new for _group, is_new in groups)


def permissions_of(group: Group) -> set[str]:
    """In the admin: those of this table and those that apps declare."""
    tables = [OWN, *(table for _config, table in declarations("staff_permissions", apps.get_app_configs()))]
    return {name for table in tables for name in table.get(group, ())}


def _give_content(groups: Iterable[GroupRow], rows: Mapping[str, Permission]) -> None:
    """The whole page tree, images and documents."""
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page=root, permission=rows[name])
            for group in groups
            for name in ON_PAGES
        ],
        ignore_conflicts=True,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=rows[name])
            for group in groups
            for name in ON_FILES
        ],
        ignore_conflicts=True,
    )


def _take_away(groups: Iterable[GroupRow]) -> None:
    """An administrator's group could once change people."""
    for app, model in NEVER:
        kind = {"permission__content_type__app_label": app, "permission__content_type__model": model}
        GroupRow.permissions.through.objects.filter(group__in=groups, **kind).delete()


def _permissions(names: set[str]) -> dict[str, Permission]:
    """By name. Raises `UnknownPermission` for a name without a row, which would give nobody anything."""
    codenames = {name.partition(".")[2] for name in names}
    candidates = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    rows = {f"{row.content_type.app_label}.{row.codename}": row for row in candidates}
    if unknown := names - rows.keys():
        raise UnknownPermission(f"There is no permission {', '.join(sorted(unknown))}.")
    return rows
