"""The groups of the staff and what each may do in the admin; `ensure_groups` and the demo call it.

Who may decide, verify or read the queue stands in the rules of each app, not in these tables.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group as GroupRow
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.common.actors import Group

ADMIN = ("wagtailadmin.access_admin",)
CONTENT = (
    *ADMIN,
    "wagtail_localize.submit_translation",
    *(f"taxonomy.{verb}_organizationtype" for verb in ("add", "change", "view")),
)
SITE = (
    *CONTENT,
    *(f"accounts.{verb}_user" for verb in ("add", "change", "view")),
    *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete", "view")),
)
PERMISSIONS: dict[Group, tuple[str, ...]] = {
    Group.EDITOR: CONTENT,
    Group.MODERATOR: ADMIN,
    Group.PROTECTION: ADMIN,
    Group.COMMISSIONER: (),
    Group.OBSERVATORY: (),
    Group.ADMINISTRATOR: SITE,
}
ON_PAGES = ("add_page", "change_page", "publish_page")
ON_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
WITH_CONTENT = (Group.EDITOR, Group.ADMINISTRATOR)


@transaction.atomic
def ensure_groups() -> int:
    """Every group with its permissions; adds what is missing, takes nothing away. Groups that were made."""
    made = 0
    for name in Group:
        group, is_new = GroupRow.objects.get_or_create(name=name.value)
        group.permissions.add(*_permissions(PERMISSIONS[name]))
        if name in WITH_CONTENT:
            _give_content(group)
        made += is_new
    return made


def _give_content(group: GroupRow) -> None:
    """The whole page tree, images and documents."""
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=ON_FILES
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _permissions(names: Iterable[str]) -> list[Permission]:
    wanted = Q()
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted)) if wanted else []
