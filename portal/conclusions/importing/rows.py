"""Writes what an import says into one row, and keeps what an editor has changed. Used by the import only.

Every row remembers the digest of what an import wrote last. A row whose values are no longer those was
changed by an editor: it is left as it is, and told where the file too says something new.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from portal.common.digests import digest_of
from portal.conclusions.importing.reports import ConclusionsReport, Notice
from portal.conclusions.models import Footnote, Part, ParticipantCategory, ParticipantText, PartText
from portal.tables.report import Error, Outcome

Row = Part | PartText | Footnote | ParticipantCategory | ParticipantText
Values = dict[str, object]
TEXT, NOTE, FIGURE = ("label", "heading", "body"), ("text",), ("official_count", "unit")
WORDS = ("note", "names")


def place_of(part: Part) -> Values:
    """Kind, number and place of a part."""
    parent = str(part.parent.key) if part.parent else ""
    return {"kind": str(part.kind), "number": part.number, "parent": parent}


def _stored(row: Row, names: tuple[str, ...]) -> Values:
    return place_of(row) if isinstance(row, Part) else {name: getattr(row, name) for name in names}


def is_edited(row: Row, names: tuple[str, ...] = ()) -> bool:
    """Whether an editor made the row or changed it since it was imported."""
    return row.import_digest != digest_of(_stored(row, names))


@dataclass(slots=True)
class Settler:
    """Brings rows to what a file says; conflicts go into the report."""

    report: ConclusionsReport
    changed: bool = False

    def create(self, row: Row, values: Values) -> Outcome:
        row.import_digest = digest_of(values)
        row.save()
        self.changed = True
        return Outcome.CREATED

    def settle(self, row: Row, values: Values, where: str) -> Outcome:
        """`where` names the row in messages. A part's parent is set by the caller."""
        wanted, stored = digest_of(values), _stored(row, tuple(values))
        if digest_of(stored) == wanted:
            if row.import_digest != wanted:
                type(row)._default_manager.filter(pk=row.pk).update(import_digest=wanted)
            return Outcome.UNCHANGED
        if row.import_digest == wanted:
            return Outcome.UNCHANGED
        if row.import_digest != digest_of(stored):
            differing = [name for name, value in values.items() if stored[name] != value]
            reason = _("An editor has changed this since it was imported. It was left as it is.")
            self.report.errors.append(Error(where, ", ".join(differing), reason))
            return Outcome.UNCHANGED
        for name, value in values.items():
            if name != "parent":
                setattr(row, name, value)
        self.create(row, values)
        return Outcome.UPDATED

    def drop(self, row: Part | Footnote | ParticipantCategory) -> bool:
        """Delete a row, unless something else refers to it."""
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            return False
        self.changed = True
        return True

    def drop_unless_edited(
        self, row: Footnote | ParticipantCategory, names: tuple[str, ...], name: str, *, is_kept: bool = False
    ) -> None:
        """`is_kept`: something beside the row was changed."""
        if is_kept or is_edited(row, names) or not self.drop(row):
            self.report.missing.append(name)
        else:
            self.report.tell(Notice.REMOVED, name)


def summed(*outcomes: Outcome) -> Outcome:
    """What became of something that stands in several rows."""
    changes = (Outcome.CREATED, Outcome.UPDATED)
    return next((outcome for outcome in changes if outcome in outcomes), Outcome.UNCHANGED)
