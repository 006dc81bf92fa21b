"""The groups of the staff and what each may do in the admin; `ensure_groups` and the demo call it.

What an app above has in the admin it declares as `staff_permissions` of its AppConfig, by group. Who may
decide, verify or read the queue stands in the rules of each app, not in these tables.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.contrib.auth.models import Group as GroupRow
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.common.actors import Group
from portal.common.declarations import declarations

# Names of permissions by group.
StaffPermissions = Mapping[Group, tuple[str, ...]]
ADMIN = ("wagtailadmin.access_admin",)
CONTENT = (*ADMIN, "wagtail_localize.submit_translation")
SITE = (
    *CONTENT,
    *(f"accounts.{verb}_user" for verb in ("add", "change", "view")),
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
    """Every group with its permissions; adds what is missing, takes nothing away. Groups that were made.

    Raises `UnknownPermission` where one is named that does not exist.
    """
    made = 0
    for name in Group:
        group, is_new = GroupRow.objects.get_or_create(name=name.value)
        group.permissions.add(*_permissions(permissions_of(name)))
        if name in WITH_CONTENT:
            _give_content(group)
        made += is_new
    return made


def permissions_of(group: Group) -> set[str]:
    """In the admin: those of this table and those that apps declare."""
    tables = [OWN, *(table for _config, table in declarations("staff_permissions", apps.get_app_configs()))]
    return {name for table in tables for name in table.get(group, ())}


def _give_content(group: GroupRow) -> None:
    """The whole page tree, images and documents."""
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in _permissions(ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for permission in _permissions(ON_FILES):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Raises `UnknownPermission` for a name without a row, which would give nobody anything."""
    names, wanted = set(names), Q(pk__in=())
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    rows = list(Permission.objects.filter(wanted).select_related("content_type"))
    if unknown := names - {f"{row.content_type.app_label}.{row.codename}" for row in rows}:
        raise UnknownPermission(f"There is no permission {', '.join(sorted(unknown))}.")
    return rows
