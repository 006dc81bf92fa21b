"""The demo's people: one for each role, one password; the account adapter refuses them when DEBUG is off."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group as GroupRow

from portal.accounts.groups import ensure_groups
from portal.accounts.models import User
from portal.common.actors import Group

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


def load_accounts() -> str:
    ensure_groups()
    for account in ACCOUNTS:
        create_person(account.email, account.shown, account.language, group=account.group)
    return f"{len(ACCOUNTS)} accounts"


def create_person(
    email: str, name: str, language: str, *, group: Group | None = None, can_sign_in: bool = True
) -> User:
    """A person with a verified address and the demo's password, or with none at all."""
    user = User.objects.create_user(
        email,
        DEMO_PASSWORD if can_sign_in else None,
        name=name,
        language=language,
        is_staff=group is not None,
        is_superuser=group == Group.ADMINISTRATOR,
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if group is not None:
        user.groups.add(GroupRow.objects.get(name=group.value))
    return user
