"""What became of a document, in the words of its form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.library.describing import FILED
from portal.library.desk_queries import Happened, history_of
from portal.library.filing import labels
from portal.library.models import LibraryDocument

ACTIONS = {
    "added": gettext_lazy("Added"),
    "described": gettext_lazy("Corrected"),
    "replaced": gettext_lazy("File replaced"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
_FIELDS = {str(facet): name for name, facet in FILED.items()}
_DATE = {"year": gettext_lazy("Year"), "month": gettext_lazy("Month"), "day": gettext_lazy("Day")}


@dataclass(frozen=True, slots=True)
class Line:
    """`changes`: what a field is called, old and new in words."""

    at: datetime
    action: str
    version: int | None
    changes: tuple[tuple[str, str, str], ...]


def lines(document: LibraryDocument, form: forms.Form) -> list[Line]:
    return [_line(each, form) for each in history_of(document)]


def _line(happened: Happened, form: forms.Form) -> Line:
    changes = tuple(
        (_called(name, form), _worded(name, old, form), _worded(name, new, form))
        for name, old, new in happened.changes
    )
    return Line(happened.at, str(ACTIONS.get(happened.action, happened.action)), happened.version, changes)


def _called(name: str, form: forms.Form) -> str:
    if name == "work":
        return _("The same in another language")
    field = form.fields.get(_FIELDS.get(name, name))
    return str(field.label if field else _DATE.get(name, name))


def _worded(name: str, value: Any, form: forms.Form) -> str:
    """Codes and keys as the form names them; of what is not offered any more the bare value."""
    if name == "work":
        return _("in a group") if value else "–"
    if name == "organization":
        named = labels({name: value}, "")[name]
        return ", ".join(named[key].text if key in named else _("not public") for key in value) or "–"
    choices = dict(getattr(form.fields.get(_FIELDS.get(name, name)), "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(each, each)) for each in values if each not in ("", None)) or "–"
