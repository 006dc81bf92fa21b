"""The erasure of a person, in one transaction and from the declarations of all apps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from portal.accounts.leaving import leavings
from portal.accounts.models import User
from portal.accounts.rights import mails, rules
from portal.accounts.rights.enums import Asked
from portal.accounts.rights.queries import person_of, somebody_at
from portal.accounts.staff.domain import LAST, hold, lock
from portal.accounts.staff.queries import administrators
from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.common.personal import Erasure, Held, Person, personal_data

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Request:
    """How and on which day somebody asked the secretariat; no words, which could name the person."""

    how: Asked
    on: date

    @property
    def details(self) -> dict[str, object]:
        return {"how": self.how.value, "on": self.on.isoformat()}


@transaction.atomic
def erase_account(
    user: User, *, actor: Actor, now: datetime, to_secretariat: bool = False, asked: Request | None = None
) -> None:
    """Everything goes or stays as it is declared, and one last mail is sent. Again it does nothing.

    Raises `Incomplete` for the last administrator, and for the last owner of an organization unless it is
    left `to_secretariat`. Somebody else's account needs `asked`.
    """
    _require_right(user, actor, asked)
    stored = User.objects.select_for_update().filter(pk=user.pk).first()
    if stored is None:
        return
    _require_administrator_left(stored)
    person = person_of(stored)
    plan = list(_planned(person))
    for each in leavings():
        each.give_up(stored, actor=actor, now=now, to_secretariat=to_secretariat)
    _carry_out(plan, person)
    mails.farewell(person.addresses[0], stored.language, by_secretariat=asked is not None)
    details = asked.details if asked else {}
    events.record("erased", kind="user", key=person.pk, actor=actor, now=now, details=details)


@transaction.atomic
def erase_address(address: str, *, actor: Actor, now: datetime, asked: Request) -> int:
    """What is held of an address without an account, such as invitations; how many rows."""
    hold(actor)
    person = somebody_at(address)
    plan = list(_planned(person))
    _carry_out(plan, person)
    number = sum(len(keys) for _held, keys in plan)
    details = asked.details | {"rows": number}
    events.record("erased", kind="address", key="", actor=actor, now=now, details=details)
    return number


def _require_right(user: User, actor: Actor, asked: Request | None) -> None:
    """With the lock of the staff, so that two administrators do not go at once."""
    lock()
    if not rules.may_erase(actor, user):
        raise NotAllowed("erase an account")
    if actor.user_id != user.pk:
        hold(actor)
        if asked is None:
            raise NotAllowed("erase an account that nobody asked to erase")


def _require_administrator_left(user: User) -> None:
    rows = administrators()
    if rows.filter(pk=user.pk).exists() and not rows.exclude(pk=user.pk).exists():
        raise Incomplete([Problem("", LAST)])


def _planned(person: Person) -> Iterator[tuple[Held, Sequence[int]]]:
    """What is held, read before anything goes: one thing leads to another."""
    for held in personal_data():
        if held.at_erasure != Erasure.KEEP:
            yield held, list(held.of(person).values_list("pk", flat=True))


def _carry_out(plan: Iterable[tuple[Held, Sequence[int]]], person: Person) -> None:
    for held, keys in plan:
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            _erase(held, held.table._base_manager.filter(pk__in=some), person)


def _erase(held: Held, rows: QuerySet, person: Person) -> None:  # type: ignore[type-arg]
    if held.erase:
        held.erase(rows, person)
    elif held.at_erasure == Erasure.DELETE:
        rows.delete()
    else:
        for name in held.by:
            rows.filter(held.leads(name, person)).update(**{name: None})
        if held.cleared:
            rows.update(**held.cleared)
