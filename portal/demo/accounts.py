"""The demo's people: one for each role, one password; the account adapter refuses them when DEBUG is off."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group as GroupRow
from django.contrib.auth.models import Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.accounts.models import User
from portal.common.actors import Group
from portal.pages.models import HomePage

DEMO_PASSWORD = "camino-de-cartagena-40"  # noqa: S105  # reason: published on purpose, for the demo only
DOMAIN = "demo.invalid"


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    shown: str
    language: str
    group: Group | None = None

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


ACCOUNTS = (
    Account("focal-point", "Demo: focal point", "es"),
    Account("editor", "Demo: editor", "es", Group.EDITOR),
    Account("moderator", "Demo: moderator", "en", Group.MODERATOR),
    Account("commissioner", "Demo: commissioner", "fr", Group.COMMISSIONER),
    Account("observatory", "Demo: observatory", "pt", Group.OBSERVATORY),
    Account("admin", "Demo: administrator", "en", Group.ADMINISTRATOR),
)
# What an editor may do to pages and files.
PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILE_ACTIONS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


def load_accounts() -> str:
    groups = {group: GroupRow.objects.get_or_create(name=group.value)[0] for group in Group}
    for account in ACCOUNTS:
        create_person(account.email, account.shown, account.language, group=groups.get(account.group))
    _let_in(groups[Group.EDITOR], groups[Group.MODERATOR])
    _let_edit(groups[Group.EDITOR])
    return f"{len(ACCOUNTS)} accounts"


def create_person(
    email: str, name: str, language: str, *, group: GroupRow | None = None, can_sign_in: bool = True
) -> User:
    """A person with a verified address and the demo's password, or with none at all."""
    is_administrator = group is not None and group.name == Group.ADMINISTRATOR
    user = User.objects.create_user(
        email,
        DEMO_PASSWORD if can_sign_in else None,
        name=name,
        language=language,
        is_staff=group is not None,
        is_superuser=is_administrator,
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if group is not None:
        user.groups.add(group)
    return user


def _let_in(*groups: GroupRow) -> None:
    """Open the door of the Wagtail admin."""
    permission = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in groups:
        group.permissions.add(permission)


def _let_edit(group: GroupRow) -> None:
    """Pages of every language, pictures and documents, and sending pages to translation."""
    pages = Permission.objects.filter(
        content_type__app_label=Page._meta.app_label, content_type__model="page", codename__in=PAGE_ACTIONS
    )
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=home, permission=permission)
        for home in HomePage.objects.all()
        for permission in pages
    )
    files = Permission.objects.filter(
        Q(content_type__app_label="wagtailimages") | Q(content_type__app_label="wagtaildocs"),
        codename__in=FILE_ACTIONS,
    )
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission) for permission in files
    )
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
