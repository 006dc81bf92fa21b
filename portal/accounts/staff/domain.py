"""What administrators do with the staff: tasks given and taken, suspended, let in again.

Every verb holds the row of the administrators' group, so that two at once cannot suspend each other, and
asks again whether who acts is still one.
"""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import Group as GroupRow
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import StaffAction
from portal.accounts.models import StaffChange, User
from portal.accounts.sign_ins import drop_sign_ins
from portal.accounts.staff import mails, rules
from portal.accounts.staff.queries import administrators, is_administrator, told_of
from portal.accounts.staff.words import named
from portal.common import events
from portal.common.actors import Actor, Group
from portal.common.characters import many_lines
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState

LAST = _("This is the last administrator. Make somebody else one first.")
NO_REASON = _("Give the reason.")
CHANGED = _(
    "Somebody else changed these tasks in the meantime. Now they are: %(tasks)s. Check yours and save."
)


@transaction.atomic
def change_tasks(
    user: User,
    *,
    tasks: Collection[Group],
    reason: str,
    actor: Actor,
    now: datetime,
    seen: Collection[str] | None = None,
) -> User:
    """Exactly these from now on; `seen`: those that the actor has read, by name.

    Where they are these already nothing is noted and nobody told. Raises `Incomplete` at `tasks` for the
    last administrator, and where they are others than those `seen`.
    """
    user = _locked(user, actor)
    had = set(user.groups.values_list("name", flat=True))
    if seen is not None and had != set(seen):
        raise Incomplete([Problem("tasks", CHANGED % {"tasks": named(had)})])
    changed = had ^ {each.value for each in tasks}
    if not changed:
        return user
    if not all(rules.may_give(actor, each) for each in Group if each.value in changed):
        raise NotAllowed("give a task that one does not have")
    _require(reason, "tasks" if Group.ADMINISTRATOR in changed & had else "", user)
    user.groups.set(GroupRow.objects.filter(name__in=[each.value for each in tasks]))
    note(StaffAction.TASKS_CHANGED, user, reason=reason, actor=actor, now=now)
    return user


@transaction.atomic
def suspend(user: User, *, reason: str, actor: Actor, now: datetime) -> User:
    """The account opens nothing at once, in every browser; its tasks stay for the day it is let in again."""
    user = _locked(user, actor)
    if not user.is_active:
        raise WrongState(_("This account was suspended in the meantime."))
    _require(reason, "reason", user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    drop_sign_ins(user)
    note(StaffAction.SUSPENDED, user, reason=reason, actor=actor, now=now)
    return user


@transaction.atomic
def restore(user: User, *, reason: str, actor: Actor, now: datetime) -> User:
    user = _locked(user, actor)
    if user.is_active:
        raise WrongState(_("This account was let in again in the meantime."))
    _require(reason, "", user)
    tasks = set(user.groups.values_list("name", flat=True))
    if not all(rules.may_give(actor, each) for each in Group if each.value in tasks):
        raise NotAllowed("give a task that one does not have")
    user.is_active = True
    user.save(update_fields=["is_active"])
    note(StaffAction.RESTORED, user, reason=reason, actor=actor, now=now)
    return user


def note(action: StaffAction, user: User, *, reason: str, actor: Actor, now: datetime) -> StaffChange:
    """Into the history, the log and the mails; inside a transaction of the caller."""
    tasks = sorted(user.groups.values_list("name", flat=True))
    change = StaffChange.objects.create(
        user=user, by_id=actor.user_id, action=action, tasks=tasks, reason=many_lines(reason), at=now
    )
    details = {"change": change.pk, "tasks": tasks}
    events.record(action.value, kind="user", key=user.pk, actor=actor, now=now, details=details)
    mails.tell(change, told_of(tasks))
    return change


def lock() -> None:
    """Nobody else changes the staff until the transaction ends."""
    list(GroupRow.objects.select_for_update().filter(name=Group.ADMINISTRATOR))


def hold(actor: Actor) -> None:
    """With the lock: who acts must still be an administrator. Raises `NotAllowed`."""
    lock()
    if not rules.may_manage(actor) or not is_administrator(actor.user_id):
        raise NotAllowed("change the staff")


def _locked(user: User, actor: Actor) -> User:
    hold(actor)
    stored = User.objects.select_for_update().get(pk=user.pk)
    if not rules.may_change(actor, stored):
        raise NotAllowed("change this person")
    return stored


def _require(reason: str, field: str, user: User) -> None:
    """`field`: where it stands that somebody must remain who can change the staff; empty where all do."""
    problems = [] if many_lines(reason).strip() else [Problem("reason", NO_REASON)]
    rows = administrators()
    if field and rows.filter(pk=user.pk).exists() and not rows.exclude(pk=user.pk).exists():
        problems.append(Problem(field, LAST))
    if problems:
        raise Incomplete(problems)
