"""Official and counted figures of a draft side by side; the desk shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.conclusions.document.participant_words import TOTAL
from portal.conclusions.enums import Unit
from portal.conclusions.models import Conclusions
from portal.conclusions.participation.counting import NOBODY, Counted, together


@dataclass(frozen=True, slots=True)
class Figure:
    """One category; `note` is what the draft says in its own language."""

    category: str
    label: str
    unit: Unit
    official: int | None
    counted: Counted
    note: str = ""

    @property
    def computed(self) -> int:
        return self.counted.number(self.unit)

    @property
    def difference(self) -> int | None:
        """How much more the official figure is; None without one."""
        return None if self.official is None else self.official - self.computed


def counted_for(category: str, figures: Mapping[str, Counted]) -> Counted:
    """What the data gives for a category of the document, which may be all participants together."""
    return together(figures.values()) if category == TOTAL else figures.get(category, NOBODY)


def figures_of(
    conclusions: Conclusions, figures: Mapping[str, Counted], names: Mapping[str, str]
) -> list[Figure]:
    """Those of the document in its order, then the others with somebody in them. Two queries."""
    rows = [
        Figure(
            row.code,
            names.get(row.code) or _("All participants"),
            Unit(row.unit),
            row.official_count,
            counted_for(row.code, figures),
            next((text.note for text in row.texts.all() if text.language == conclusions.language), ""),
        )
        for row in conclusions.participant_categories.prefetch_related("texts")
    ]
    told = {row.category for row in rows}
    others = [code for code in names if code in figures and code not in told]
    return [*rows, *(Figure(code, names[code], Unit.BODIES, None, figures[code]) for code in others)]
