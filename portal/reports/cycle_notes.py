"""Which review cycle a report counts for, in words for who writes it.

An app above that has review cycles declares as `review_cycle_notes` of its AppConfig a function of when the
draft began (None for one that has not), of now and of the language, that gives a `CycleNote`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from portal.common.declarations import declared
from portal.common.reviews import Link


@dataclass(frozen=True, slots=True)
class CycleNote:
    """`name` of the cycle that a report carries when it is submitted now, empty where none is open.

    `url` is its page; `text` says it, also where the draft began in a cycle that is frozen now (`is_late`).
    """

    name: str
    text: str
    url: str = ""
    is_late: bool = False


def cycle_note(begun_at: datetime | None, now: datetime, language: str) -> CycleNote | None:
    notes = (note(begun_at, now, language) for note in declared("review_cycle_notes"))
    return next(filter(None, notes), None)


def cycle_links(slug: str, language: str) -> tuple[Link, ...]:
    """The name and page of the cycle that a report tells; nothing for none."""
    named = (names(slug, language) for names in declared("review_cycle_names"))
    return next(filter(None, named), ()) if slug else ()


def in_public(note: CycleNote | None) -> str:
    """The line of what will be public."""
    if note is None or not note.name:
        return _("Review cycle: none is open")
    return _("Review cycle: %(name)s") % {"name": note.name}
