"""Writes the categories of participants that a file gives. Used by `run` only."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.conclusions.document import Category, Unplaced
from portal.conclusions.importing.rows import FIGURE, WORDS, Settler, Values, is_edited, summed
from portal.conclusions.models import Conclusions, ParticipantCategory, ParticipantText
from portal.tables.report import Outcome


@dataclass(slots=True)
class ParticipantWriter:
    """A translation adds words and names; the figures are those of the original."""

    draft: Conclusions
    language: str
    settler: Settler
    is_translation: bool

    def write(self, categories: Sequence[Category]) -> None:
        rows = {row.code: row for row in self.draft.participant_categories.prefetch_related("texts")}
        for position, category in enumerate(categories, start=1):
            row = rows.pop(category.code, None)
            if row is None and self.is_translation:
                self.settler.report.unpaired.append(Unplaced("participants", category.note))
            else:
                self._write(row, category, position)
        for row in () if self.is_translation else rows.values():
            edited = any(is_edited(text, WORDS) for text in row.texts.all())
            self.settler.drop_unless_edited(row, FIGURE, f"participants, {row.code}", is_kept=edited)

    def _write(self, row: ParticipantCategory | None, category: Category, position: int) -> None:
        figure: Values = {"official_count": category.count, "unit": str(category.unit.value)}
        where = f"participants, {category.code}"
        outcome = Outcome.UNCHANGED
        if row is None:
            place = {"conclusions": self.draft, "code": category.code, "position": position}
            row = ParticipantCategory(**place, **figure)
            outcome = self.settler.create(row, figure)
        elif not self.is_translation:
            outcome = self.settler.settle(row, figure, where)
        self.settler.report.count(summed(outcome, self._write_text(row, category, where)))

    def _write_text(self, row: ParticipantCategory, category: Category, where: str) -> Outcome:
        values: Values = {"note": category.note, "names": category.names}
        text = next((text for text in row.texts.all() if text.language == self.language), None)
        if text is None:
            return self.settler.create(
                ParticipantText(category=row, language=self.language, **values), values
            )
        return self.settler.settle(text, values, where)
