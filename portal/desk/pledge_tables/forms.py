"""The upload of a table of pledges, and what each of its columns is; their views call them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.files.reading import require_content
from portal.files.refusals import Refused
from portal.pledges.importing.words import COLUMNS
from portal.tables.columns import plain, short
from portal.tables.reading import Headings

LONGEST_NAME = 150


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
        choices = [("", _("Not read")), *((column.code, column.label) for column in COLUMNS)]
        for name, text, code in self._columns():
            self.fields[name] = forms.ChoiceField(
                label=short(text), choices=choices, required=False, initial=code
            )

    @property
    def named(self) -> dict[str, str]:
        """Plain heading to code, for the reader of tables."""
        return {plain(text): self.cleaned_data[name] for name, text, _code in self._columns()}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for name, _text, _code in self._columns():
            code = cleaned.get(name, "")
            if code and code in seen:
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
