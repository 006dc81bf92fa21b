"""Errors that domain verbs raise and views turn into answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


class NotAllowed(Exception):
    """The actor may not do this; views answer 403."""


class OtherRoom(NotAllowed):
    """Staff opened a room of other staff; the message says whose it is, on the page of the 403."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = message


class Unadmitted(NotAllowed):
    """Who may write as a rule may not write this one; the message says why, at the form or on the 403."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = message


class WrongState(Exception):
    """The object's state does not allow this; the message says so in the reader's language."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct before submitting, named by the field it stands in."""

    field: str
    message: object


class Incomplete(WrongState):
    """Something is missing or too long; nothing was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("Some things are still missing. Nothing was submitted and nothing is lost."))


class SavedBefore(Incomplete):
    """The key of a form under which something else was saved; nothing was changed. Its next key is new."""

    def __init__(self) -> None:
        told = _(
            "What you sent before from this page is saved already, and this is something else. To save this "
            "too, send it once more. To change what is saved, open that."
        )
        super().__init__([Problem("", told)])


class OutOfDate(WrongState):
    """A form that was opened before the last change; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("This changed after you opened the page. Read it once more, then submit it."))


class EditConflict(Exception):
    """The draft was saved elsewhere in the meantime; `stored` is the version kept."""

    def __init__(self, stored: object) -> None:
        super().__init__(str(stored))
        self.stored = stored


class NoSuchChoice(Exception):
    """An address of a file or a feed asks a filter for a value that it has not; answered as 422.

    `faults`: what is wrong, in words, by the name of the parameter.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = dict(faults)


class Gone(Exception):
    """Something that was public and has been withdrawn; the middleware answers 410.

    `into`: the number of what it was merged into, if it was. `ground` is why it was taken down, if it was,
    and `why` the same in words.
    """

    def __init__(
        self, number: str, date: object | None = None, into: str = "", ground: str = "", why: str = ""
    ) -> None:
        super().__init__(number)
        self.number, self.date, self.into, self.ground, self.why = number, date, into, ground, why
