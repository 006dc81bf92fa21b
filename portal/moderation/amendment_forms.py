"""The form of an amendment: what is public, to be changed, and why."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_choices, language_choices
from portal.common.forms import LineField, LinesField, ReasonField
from portal.submissions.amending.changes import PLACES, amendable_of, values_of
from portal.submissions.amending_enums import Part
from portal.submissions.drafts import MAX_TITLE
from portal.submissions.models import Submission
from portal.submissions.types import SubmissionType

MOST = 20_000


class _Line(LineField):
    """What is missing its kind of text says in its own words."""

    def validate(self, value: Any) -> None:
        pass


class _Lines(LinesField):
    def validate(self, value: Any) -> None:
        pass


class AmendmentForm(forms.Form):
    """Bound or not, it knows the values that stand; `changes` are those that were typed otherwise."""

    reason = ReasonField(
        label=_("Why"),
        read_by=_(
            "Who decides reads it, and readers do once it is public. Name no person, and do not repeat words "
            "that nobody should read."
        ),
        missing=_("Say why: readers read it too."),
    )

    def __init__(
        self, data: Any, of: SubmissionType, row: Submission, part: Part, *, closed: Collection[str] = ()
    ) -> None:
        self.of, self.part, self.row = of, part, row
        self.values = values_of(of, row, part)
        self.values = {name: value for name, value in self.values.items() if name not in closed}
        super().__init__(data, initial=self._initial())
        reason: Any = self.fields["reason"]
        reason.ask_in(row.language)

    def _initial(self) -> dict[str, Any]:
        items = amendable_of(self.of).items
        told = {name: value for name, value in self.values.items() if name not in items}
        for name in items.keys() & self.values.keys():
            padded = [*self.values[name], *[""] * len(items[name])]
            told |= dict(zip(items[name], padded, strict=False))
        return told

    def changes(self) -> dict[str, Any]:
        """Empty where nothing is otherwise than it stands; only of a valid form."""
        typed = {name: self._typed(name) for name in self.values}
        return {name: value for name, value in typed.items() if not self._is_same(name, value)}

    def _typed(self, name: str) -> Any:
        items = amendable_of(self.of).items
        if name in items:
            return [text for item in items[name] if (text := self.cleaned_data[item].strip())]
        return self.cleaned_data[name]

    def _is_same(self, name: str, value: Any) -> bool:
        """As a browser sends back what it was given: white space at the ends is no change."""
        old = self.values[name]
        if name == PLACES:
            return {*old} == {*value}
        if isinstance(old, list):
            return [self.clean_as(name, text) for text in old] == value
        return bool(self.clean_as(name, old) == value)

    def clean_as(self, name: str, text: str) -> Any:
        field = self.fields.get(name) or self.fields[amendable_of(self.of).items[name][0]]
        return field.to_python(text)


class TextForm(AmendmentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amendable, labels = amendable_of(self.of), {row.name: row.label for row in self.of.fields}
        for name in self.values:
            label = labels.get(name, name)
            for at, item in enumerate(amendable.items.get(name, ()), start=1):
                self.fields[item] = self._lines(f"{label} {at}", rows=3, required=False)
            if name in amendable.lines:
                self.fields[name] = _Line(label=label, max_length=MAX_TITLE)
                self.fields[name].widget.attrs["lang"] = self.row.language
            elif name not in amendable.items:
                self.fields[name] = self._lines(label, rows=10)
        self.order_fields([name for name in self.fields if name != "reason"])

    def _lines(self, label: Any, *, rows: int, required: bool = True) -> LinesField:
        attrs = {"rows": rows, "lang": self.row.language, "autocomplete": "off"}
        return _Lines(label=label, max_length=MOST, required=required, widget=forms.Textarea(attrs=attrs))


class FilingForm(AmendmentForm):
    language = forms.ChoiceField(
        label=_("Language of the text"),
        choices=language_choices,
        help_text=_("That in which it is written; its words stay as they are."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    places = forms.MultipleChoiceField(
        label=_("What it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Something you chose is no longer there. Choose again.")},
    )
    field_order = ("language", "country", PLACES, "reason")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields[PLACES]
        field.choices = list(amendable_of(self.of).places(language))
