"""What an address asks of a list: its page, files and feeds go through one form, public or not.

A value that a filter has not is said at the filter by the page, which then shows nothing; a file or a feed,
which has room for rows alone, is refused.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.errors import NoSuchChoice

Rows = TypeVar("Rows", bound=QuerySet[Any] | Sequence[Any])
NO_CHOICE = {"invalid_choice": _("This list has no such choice, so it shows nothing.")}
ALL = pgettext_lazy("filter", "All")
# What an address of a list may carry that is no filter.
APART = ("page", "format", "lang")


class ListFilters(forms.Form):
    """The choices of a list, sent by GET; none is required. Rows that are shown go through `passing`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.error_messages |= NO_CHOICE

    def offer(self, name: str, choices: Iterable[Any], every: Any = ALL) -> None:
        """`every` is what no choice is called."""
        field: Any = self.fields[name]
        field.choices = [("", every), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """The values that filter, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_asked(self) -> bool:
        """Whether the address narrows the list, be it by a value that there is not."""
        return bool(self.errors or self.chosen)

    @property
    def unknown(self) -> list[str]:
        """What the address asks for and the list has no filter for."""
        return [name for name in self.data if name not in self.fields and name not in APART]

    def query(self, **more: object) -> str:
        """The filters and more as an address carries them, with its question mark; empty without any."""
        asked = {**self.chosen, **more}
        return f"?{urlencode(asked, doseq=True)}" if asked else ""

    def passing(self, rows: Rows) -> Rows:
        """The rows; none of them where the address asks for a value that there is not."""
        if not self.errors:
            return rows
        none: Any = rows.none() if isinstance(rows, QuerySet) else rows[:0]
        return none  # type: ignore[no-any-return]

    def file(self) -> str | None:
        """Which file the address asks for, None for a page. Raises `NoSuchChoice`."""
        asked: str | None = self.data.get("format")
        if asked is not None:
            self.refuse_unknown()
        return asked

    def refuse_unknown(self) -> None:
        """Before a feed. Raises `NoSuchChoice`."""
        if self.errors:
            raise NoSuchChoice({name: " ".join(map(str, told)) for name, told in self.errors.items()})
