"""The upload of a table of pledges, and what each of its columns is; their views call them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.files.reading import require_content
from portal.files.refusals import Refused
from portal.pledges.importing.words import COLUMNS
from portal.tables.columns import Column, plain, short
from portal.tables.reading import Headings

LONGEST_NAME = 150
# A choice like the others: each column of the file is one or the other.
NOT_READ = "-"


def _label(column: Column) -> Any:
    """The columns that every table needs are marked."""
    return _("%(column)s: needed") % {"column": column.label} if column.is_required else column.label


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table of pledges"), help_text=_("One row for each pledge, below a row of headings.")
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        content = bytes(file.read())
        self.cleaned_data["name"] = one_line(file.name)[:LONGEST_NAME]
        try:
            require_content(content)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return content


class MeaningForm(forms.Form):
    """One choice for each heading of the file."""

    def __init__(self, sent: Any, *, headings: Headings | None) -> None:
        super().__init__(sent)
        self.headings = headings
        choices = [(NOT_READ, _("Not read")), *((column.code, _label(column)) for column in COLUMNS)]
        for name, text, code in self._columns():
            self.fields[name] = forms.ChoiceField(
                label=short(text), choices=choices, initial=code or NOT_READ
            )

    @property
    def named(self) -> dict[str, str]:
        """Plain heading to code, for the reader of tables."""
        return {
            plain(text): self.cleaned_data[name].removeprefix(NOT_READ)
            for name, text, _code in self._columns()
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for name, _text, _code in self._columns():
            code = cleaned.get(name, NOT_READ)
            if code != NOT_READ and code in seen:
                self.add_error(name, _("Another column is that already. Choose one of them."))
            seen.add(code)
        return cleaned

    def _columns(self) -> Iterator[tuple[str, str, str]]:
        if self.headings is None:
            return
        pairs = zip(self.headings.texts, self.headings.codes, strict=True)
        for place, (text, code) in enumerate(pairs, start=1):
            if text:
                yield f"column_{place}", text, code
