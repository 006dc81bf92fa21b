"""The demo's people: one for each role, two who moderate; one password, refused when DEBUG is off."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group as GroupRow
from django.utils import timezone

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
    Account("colleague", "Demo: colleague in two organizations", "es"),
    Account("editor", "Demo: editor", "es", Group.EDITOR),
    Account("moderator", "Demo: moderator", "en", Group.MODERATOR),
    Account("moderator2", "Demo: second moderator", "pt", Group.MODERATOR),
    Account("protection", "Demo: protection focal point", "es", Group.PROTECTION),
    Account("protection2", "Demo: second protection focal point", "fr", Group.PROTECTION),
    Account("commissioner", "Demo: commissioner", "fr", Group.COMMISSIONER),
    Account("observatory", "Demo: observatory", "pt", Group.OBSERVATORY),
    Account("admin", "Demo: administrator", "en", Group.ADMINISTRATOR),
)


def load_accounts() -> str:
    """All have one password, made unreadable once: that takes a third of a second."""
    ensure_groups()
    unreadable = make_password(DEMO_PASSWORD)
    for account in ACCOUNTS:
        create_person(account.email, account.shown, account.language, unreadable, group=account.group)
    return f"{len(ACCOUNTS)} accounts"


def create_person(
    email: str, name: str, language: str, password: str = "", *, group: Group | None = None
) -> User:
    """A person with a verified address; `password` is its hash, without one nobody can sign in."""
    # The people of the demo can be reached: they would have signed in.
    user = User.objects.create_user(email, None, name=name, language=language, last_login=timezone.now())
    if password:
        User.objects.filter(pk=user.pk).update(password=password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if group is not None:
        user.groups.add(GroupRow.objects.get(name=group.value))
    return user
