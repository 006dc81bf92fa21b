"""Writes what an import says into one row, and keeps what an editor has changed. Used by `imports` only.

Every row remembers the digest of what an import wrote last. A row whose values are no longer those was
changed by an editor: it is left as it is, and told where the file too says something new.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from portal.common.digests import digest_of
from portal.conclusions.models import Footnote, Part, ParticipantCategory, ParticipantText, PartText
from portal.tables.report import Error, Outcome, Report

Row = Part | PartText | Footnote | ParticipantCategory | ParticipantText
Values = dict[str, object]


def part_values(part: Part) -> Values:
    """Kind, number and place of a part."""
    return {
        "kind": part.kind,
        "number": part.number,
        "parent": str(part.parent.key) if part.parent else "",
    }


def values_of(row: Row, names: "Values | tuple[str, ...]") -> Values:
    if isinstance(row, Part):
        return part_values(row)
    return {name: getattr(row, name) for name in names}


@dataclass(slots=True)
class Settler:
    """Counts what it did into the report; `where` names the row in messages."""

    report: Report
    changed: bool = field(default=False)

    def create(self, row: Row, values: Values) -> Outcome:
        row.import_digest = digest_of(values)
        row.save()
        self.changed = True
        return Outcome.CREATED

    def settle(self, row: Row, values: Values, where: str) -> Outcome:
        """Bring a row to what the file says, unless an editor has changed it."""
        wanted, current = digest_of(values), digest_of(values_of(row, tuple(values)))
        if current == wanted:
            if row.import_digest != wanted:
                type(row)._default_manager.filter(pk=row.pk).update(import_digest=wanted)
            return Outcome.UNCHANGED
        if row.import_digest == wanted:
            return Outcome.UNCHANGED
        if row.import_digest != current:
            reason = _("An editor has changed this since it was imported. It was left as it is.")
            differing = [
                name for name, value in values_of(row, tuple(values)).items() if value != values[name]
            ]
            self.report.errors.append(Error(where, ", ".join(differing), reason))
            return Outcome.UNCHANGED
        self._apply(row, values)
        row.import_digest = wanted
        row.save()
        self.changed = True
        return Outcome.UPDATED

    def _apply(self, row: models.Model, values: Values) -> None:
        for name, value in values.items():
            if name != "parent":
                setattr(row, name, value)


def is_edited(row: Row, names: tuple[str, ...]) -> bool:
    """Whether an editor made the row or changed it since it was imported."""
    return row.import_digest != digest_of(values_of(row, names))


def worst(*outcomes: Outcome) -> Outcome:
    """What became of something that stands in several rows."""
    for outcome in (Outcome.CREATED, Outcome.UPDATED):
        if outcome in outcomes:
            return outcome
    return Outcome.UNCHANGED
