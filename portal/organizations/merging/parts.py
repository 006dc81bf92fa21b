"""What hangs on an organization, relation by relation, and what becomes of it when two become one.

An app declares its own as `organization_parts()` of its configuration; what organizations write in steps goes
along without a word. A test fails when a relation to organizations, or to their public records, is not here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.organizations.models import Organization
from portal.publication.models import Record

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, with its public record where there is one."""

    organization: Organization
    record: Record | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """From one organization to another."""

    old: Side
    new: Side
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Renaming:
    """Keys of the two, and of the organization that keeps the public record whose facts are told anew."""

    old: str
    new: str
    keeper: str


Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`relation` is a model with the field that leads to an organization or its record, `label` what its rows
    are on the page.

    `move` brings the rows of one to the other, all of them where nothing is said. `stays`: they belong to
    the one that is merged for good, though `move` may end what waits of them.
    `is_shared`: rows of the other one may change as well. `tell` says again what public records tell of it.
    """

    relation: str
    label: Any = ""
    move: "Callable[[Part, Moving], None] | None" = None
    stays: bool = False
    is_shared: bool = False
    tell: Callable[[dict[str, Any], Renaming], dict[str, Any]] = lambda facts, renaming: facts

    @property
    def field(self) -> str:
        return self.relation.rpartition(".")[2]

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.relation.rpartition(".")[0])

    def rows(self, side: Side) -> Rows:
        """Those that name this side; none where it has no public record and the relation leads to that."""
        rows, target = self.model._default_manager, self.target(side)
        return rows.filter(**{self.field: target}) if target is not None else rows.none()

    def target(self, side: Side) -> Organization | Record | None:
        leads_to = self.model._meta.get_field(self.field).related_model
        return side.record if leads_to is Record else side.organization

    def carry(self, moving: Moving) -> None:
        if self.move is not None:
            self.move(self, moving)
        elif not self.stays:
            self.move_all(moving)

    def move_all(self, moving: Moving) -> None:
        """One statement."""
        self.rows(moving.old).update(**{self.field: self.target(moving.new)})

    def move_new(self, moving: Moving, told: Callable[[Any], Any]) -> list[Any]:
        """Moves what the other side does not tell as well; gives the rows that it tells already."""
        known = {told(row) for row in self.rows(moving.new)}
        own = list(self.rows(moving.old))
        new = [row.pk for row in own if told(row) not in known]
        self.model._default_manager.filter(pk__in=new).update(**{self.field: self.target(moving.new)})
        return [row for row in own if told(row) in known]

    def drop(self, rows: "list[Any]") -> None:
        self.model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


def once(told: Callable[[Any], Any]) -> Callable[[Part, Moving], None]:
    """A `move` for what must not be there twice: what both tell goes, and comes back when they part."""
    return partial(_move_once, told=told)


def _move_once(part: Part, moving: Moving, told: Callable[[Any], Any]) -> None:
    part.drop(part.move_new(moving, told))


def parts() -> tuple[Part, ...]:
    """All of them, those of the lowest app first, and what organizations write in the order of its types."""
    written = (
        Part(relation=f"{of.model._meta.label}.organization", label=of.phrases.plural)
        for of in declared("submission_types")
    )
    return (*written, *declared("organization_parts"))
