"""The forms of the administrators' room, as `desk_forms` has those of the other rooms."""

from collections.abc import Callable

from portal.accounts.models import StaffInvitation, User
from portal.accounts.staff.inviting import Invited, invite
from portal.common.actors import Group, person
from tests.desk.desk_forms import WORDS, Case, Stage, _is
from tests.factories import make_user
from tests.factories.staff import code_in_mail

EMAIL = "new@example.org"


def administrator() -> User:
    return make_user(Group.ADMINISTRATOR, language="en")


def _invited(stage: Stage, admin: User, email: str = EMAIL) -> StaffInvitation:
    return invite(Invited(email, [Group.EDITOR], "en", "Help"), actor=person(admin), now=stage.now)


def _invite(stage: Stage) -> Case:
    typed = {"email": EMAIL, "tasks": "editor", "language": "en", "reason": WORDS}
    is_saved = StaffInvitation.objects.filter(reason=WORDS).exists
    return Case(administrator(), stage.url("staff:invite"), is_saved, typed, shows_again=True)


def _person(stage: Stage) -> Case:
    user, page = make_user(Group.EDITOR), "staff:person"
    typed = {"tasks": "moderator", "reason": WORDS}
    is_saved = user.groups.filter(name=Group.MODERATOR).exists
    return Case(administrator(), stage.url(page, user.pk), is_saved, typed, shows_again=True)


def _suspend(stage: Stage) -> Case:
    user = make_user(Group.EDITOR)
    page = stage.url("staff:suspend", user.pk)
    return Case(administrator(), page, _is(user, is_active=False), {"reason": WORDS}, shows_again=True)


def _restore(stage: Stage) -> Case:
    user = make_user(Group.EDITOR)
    User.objects.filter(pk=user.pk).update(is_active=False)
    page = stage.url("staff:restore", user.pk)
    return Case(administrator(), page, _is(user, is_active=True), {"reason": WORDS}, shows_again=True)


def _resend(stage: Stage) -> Case:
    admin = administrator()
    row = _invited(stage, admin)
    is_saved = StaffInvitation.objects.exclude(pk=row.pk).exists
    action = stage.url("staff:resend", row.key)
    return Case(admin, stage.url("staff:list"), is_saved, action=action, shows_again=True)


def _revoke(stage: Stage) -> Case:
    admin = administrator()
    row = _invited(stage, admin)
    is_saved = StaffInvitation.objects.exclude(revoked_at=None).filter(pk=row.pk).exists
    return Case(admin, stage.url("staff:list"), is_saved, action=stage.url("staff:revoke", row.key))


def _accept(stage: Stage) -> Case:
    user = make_user(language="en")
    _invited(stage, administrator(), user.email)
    page = f"{stage.url('staff:invitation')}?code={code_in_mail()}"
    return Case(user, page, user.groups.filter(name=Group.EDITOR).exists)


def _erase(stage: Stage) -> Case:
    user = make_user(email=EMAIL)
    typed = {"email": user.email, "how": "letter", "on": "2026-05-04", "is_sure": "on"}
    is_saved = lambda: not User.objects.filter(pk=user.pk).exists()  # noqa: E731  # reason: one line
    return Case(administrator(), stage.url("erase_for_others"), is_saved, typed, shows_again=True)


BUILDERS: dict[str, Callable[[Stage], Case]] = {
    "staff:invite": _invite,
    "erase_for_others": _erase,
    "staff:person": _person,
    "staff:suspend": _suspend,
    "staff:restore": _restore,
    "staff:resend": _resend,
    "staff:revoke": _revoke,
    "staff:invitation": _accept,
}
