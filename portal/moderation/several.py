"""What moderators do with several things at once, each by the verb that does it with one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common.actors import Actor
from portal.common.errors import NotAllowed, WrongState
from portal.moderation import domain


class Ref(NamedTuple):
    """A thing as a form names it; `seen` is the `queries.mark_of` of what was read, empty where none was."""

    kind: str
    key: UUID
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """One of several that something could not be done with, and why."""

    kind: str
    key: UUID
    why: str


class SeveralRefused(WrongState):
    """Nothing was done with any of them, because of these."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        self.refused = tuple(refused)
        super().__init__(_("Nothing was decided, because of some of them."))


def refs_of(values: Iterable[str]) -> list[Ref]:
    """Things that a form names as `kind:key` or `kind:key|seen`, each once; others are left out."""
    told: dict[tuple[str, UUID], Ref] = {}
    for value in values:
        kind, _colon, rest = value.partition(":")
        key, _bar, seen = rest.partition("|")
        try:
            told[kind, UUID(key)] = Ref(kind, UUID(key), seen)
        except ValueError:
            continue
    return list(told.values())


@transaction.atomic
def assign_all(refs: Iterable[Ref], to: User | None, *, actor: Actor, now: datetime) -> list[Refused]:
    """Somebody looks after them, or nobody; those that this is not possible with."""

    def verb(ref: Ref) -> object:
        if to is None:
            return domain.free(ref.kind, ref.key, actor=actor, now=now)
        return domain.assign(ref.kind, ref.key, to, actor=actor, now=now)

    return _tried(refs, verb)


@transaction.atomic
def decide_all(
    refs: Iterable[Ref], code: str, *, actor: Actor, now: datetime, reason: str = "", ground: str = ""
) -> int:
    """One decision about each, all of them or none: its own row, its own mail, its own four eyes; how many.

    Raises `SeveralRefused`, which names each that stands against it and why.
    """
    refs = list(refs)

    def verb(ref: Ref) -> object:
        given = {"reason": reason, "ground": ground, "seen": ref.seen}
        return domain.decide(ref.kind, ref.key, code, **given, actor=actor, now=now)

    if refused := _tried(refs, verb):
        raise SeveralRefused(refused)
    return len(refs)


def _tried(refs: Iterable[Ref], verb: Callable[[Ref], object]) -> list[Refused]:
    """Each in a savepoint of its own; those that were refused."""
    return [refused for ref in refs if (refused := _try(ref, verb)) is not None]


def _try(ref: Ref, verb: Callable[[Ref], object]) -> Refused | None:
    try:
        with transaction.atomic():
            verb(ref)
    except (ObjectDoesNotExist, LookupError):
        return Refused(ref.kind, ref.key, str(_("It is not there any more.")))
    except NotAllowed:
        return Refused(ref.kind, ref.key, str(_("Somebody else has to decide about it.")))
    except WrongState as refusal:
        return Refused(ref.kind, ref.key, str(refusal.message))
    return None
