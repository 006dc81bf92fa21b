"""What apps hold of a person, as each declares it in `personal_data` of its AppConfig: `Held` and `Kept`.

The download, the erasure of accounts and the privacy page are made from it (`portal.accounts.rights`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from portal.common.declarations import declared

# A shorter name stands in too many words to say whom they mean.
SHORTEST = 3


class Erasure(StrEnum):
    """What becomes of rows at the erasure: they go; they stay without the person; they stay with the key."""

    DELETE = "delete"
    FORGET = "forget"
    KEEP = "keep"


class Topic(StrEnum):
    """The headings under which a person reads it; `rights.words` says what each is for."""

    ACCOUNT = "account"
    SIGN_INS = "sign_ins"
    ORGANIZATIONS = "organizations"
    WRITTEN = "written"
    FILES = "files"
    RESEARCH = "research"
    STAFF = "staff"
    PAGES = "pages"
    MAILS = "mails"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data it is: the key of the account, the name, all addresses as they are stored."""

    pk: int
    name: str
    addresses: tuple[str, ...]

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds the name or an address as words of their own, in whatever case."""
        told = [re.escape(each.casefold()) for each in (self.name, *self.addresses) if len(each) > SHORTEST]
        return bool(told) and bool(re.search(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)", text.casefold()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Rows of one model that are about a person.

    `by`: columns that lead to the person, a key of the account or an address; `rows` where that is not
    enough. `shown`: columns of the download, `texts`: others that may name the person. At the erasure rows
    are deleted, or `by` is emptied and `cleared` written, unless `erase` does it; a kept row says `why`.
    `content`: name and bytes of a file that belongs to a row, None where it cannot be read.
    """

    model: str
    topic: Topic
    at_erasure: Erasure
    by: tuple[str, ...] = ()
    rows: Callable[[Person], QuerySet[Any]] | None = None
    shown: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    cleared: Mapping[str, object] = field(default_factory=dict)
    erase: Callable[[QuerySet[Any], Person], None] | None = None
    content: Callable[[Any], tuple[str, bytes] | None] | None = None
    why: str | Promise = ""
    label: str | Promise = ""

    @property
    def title(self) -> str:
        """What the rows are called, in the active language: by the label, else by the model."""
        return str(self.label or self.table._meta.verbose_name_plural)

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def columns(self) -> frozenset[str]:
        """Every column that this declares."""
        return frozenset({*self.by, *self.shown, *self.texts, *self.cleared})

    def column(self, name: str) -> "models.Field[Any, Any]":
        return cast("models.Field[Any, Any]", self.table._meta.get_field(name))

    def of(self, person: Person) -> QuerySet[Any]:
        """The rows of a person, by their key."""
        rows = self.rows(person) if self.rows else self._by_columns(person)
        return rows.order_by("pk")

    def _by_columns(self, person: Person) -> QuerySet[Any]:
        condition = Q(pk__in=[])
        for name in self.by:
            condition |= self.leads(name, person)
        return self.table._base_manager.filter(condition)

    def leads(self, name: str, person: Person) -> Q:
        """Whether a column holds the person."""
        if isinstance(self.column(name), models.EmailField):
            return Q(**{f"{name}__in": person.addresses})
        return Q(**{name: person.pk})


@dataclass(frozen=True, slots=True)
class Kept:
    """So long something is kept: the privacy page says it in these words, with the number of days."""

    topic: Topic
    what: str | Promise
    span: timedelta


def personal_data() -> Iterator[Held]:
    """What all apps hold, that of the highest app first, so that nothing is in another's way."""
    return reversed(declared("personal_data"))


def kept_for() -> tuple[Kept, ...]:
    """How long the apps keep what is cleared by the clock."""
    return declared("kept_for")


def deletes(model: str, topic: Topic, *by: str, shown: tuple[str, ...] = (), **more: Any) -> Held:
    """Rows that go with the person."""
    return Held(model=model, topic=topic, at_erasure=Erasure.DELETE, by=by, shown=shown, **more)


def forgets(model: str, topic: Topic, *by: str, shown: tuple[str, ...] = (), **more: Any) -> Held:
    """Rows that stay without the person."""
    return Held(model=model, topic=topic, at_erasure=Erasure.FORGET, by=by, shown=shown, **more)


def keeps(model: str, topic: Topic, *by: str, why: str | Promise, **more: Any) -> Held:
    """Rows that stay with the key of the account, and why."""
    return Held(model=model, topic=topic, at_erasure=Erasure.KEEP, by=by, why=why, **more)
