"""What an observation is about: any public record, or an action of a plan that stands today."""

from dataclasses import dataclass
from typing import Any

from portal.common.ids import parse_public_id
from portal.followup.models.observations import Observation
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.plan.queries import node_of
from portal.publication.enums import RecordKind
from portal.publication.kinds import ACTION
from portal.publication.models import Record
from portal.publication.queries import published, titled
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import record_type, record_types, type_of_letter

# What every verified organization may observe; the observatory takes note of all kinds.
OPEN_TO_ALL = (RecordKind.PLEDGE, ACTION)


def observable() -> dict[str, Any]:
    """Every kind of thing that can be observed, with its name."""
    kinds = {known.kind: known.label for known in record_types() if known.kind != RecordKind.OBSERVATION}
    return kinds | {ACTION: Stage.PLAN_ACTION.label}


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the two."""

    record: Record | None = None
    node: PlanNode | None = None

    @property
    def kind(self) -> str:
        return self.record.kind if self.record else ACTION

    @property
    def id(self) -> str:
        """`P-00007` or `chile-2024:1.1`."""
        if self.record is not None:
            return self.record.public_id
        return self.node.key if self.node else ""

    @property
    def key(self) -> str:
        """What the ledger's links name: the source key of a record, or the key of an action."""
        return str(self.record.source_key) if self.record else self.id

    @property
    def country(self) -> str:
        return self.record.country if self.record else ""

    @property
    def is_public(self) -> bool:
        if self.record is not None:
            return self.record.is_published
        return self.node is not None and not self.node.is_retired

    def link(self, language: str) -> dict[str, Any]:
        """Label, address and language for a reader. One query for the translation of a record."""
        if self.node is not None:
            title, spoken = self.node.titled(language)
            return {
                "label": title,
                "url": self.node.path(language),
                "lang": foreign(spoken, language),
                "kind": self.node.get_kind_display(),
            }
        assert self.record is not None  # noqa: S101  # one of the two
        title, spoken = titled(self.record, language)
        called = record_type(self.record.kind).called_for(self.record)
        url = self.record.path(language) if self.record.is_published else ""
        return {"label": title, "url": url, "lang": foreign(spoken, language), "kind": called}


def subject_of(observation: Observation) -> Subject | None:
    """What the row says, public still or not. One query where it has not been read yet."""
    if observation.record is not None:
        return Subject(record=observation.record)
    node = node_of(observation.action) if observation.action else None
    return Subject(node=node) if node else None


def subject_called(identity: str) -> Subject | None:
    """What a public observation names: a public record, or an action, also a retired one. One query."""
    number = parse_public_id(identity)
    if number is None:
        node = node_of(identity) if ":" in identity else None
        return Subject(node=node) if node else None
    known = type_of_letter(number[0])
    record = published(known.kind).filter(pk=number[1]).first() if known else None
    return Subject(record=record) if record else None


def subject_named(typed: str) -> Subject | None:
    """What a person asks to observe; None for what is not public, retired or an observation. One query."""
    subject = subject_called(typed.strip())
    if subject is None or not subject.is_public or subject.kind == RecordKind.OBSERVATION:
        return None
    is_part = subject.node is not None and subject.node.kind != NodeKind.ACTION
    return None if is_part else subject
