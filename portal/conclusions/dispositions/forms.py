"""The form that says what became of interventions; the desk and the decision about an objection take it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Incomplete
from portal.common.forms import LinesField
from portal.common.languages import CODES
from portal.common.phrases import language_in_text
from portal.conclusions.enums import Outcome
from portal.conclusions.models import Disposition
from portal.submissions.forms import as_keys

MAX_REASON = 2000
Choices = Sequence[tuple[str, str]]


class DispositionForm(forms.Form):
    """Outcome, recommendation, and a reason in each language, that of the conclusions first."""

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what became of it.")},
    )
    recommendation = forms.ChoiceField(
        label=_("Recommendation"),
        required=False,
        help_text=_("Needed where it is reflected, also in part."),
        error_messages={"invalid_choice": _("This is no recommendation of these conclusions.")},
    )

    def __init__(
        self, *args: Any, recommendations: Choices, original: str, language: str, **kwargs: Any
    ) -> None:
        """`original` is the language of the conclusions, `language` the reader's."""
        super().__init__(*args, **kwargs)
        self.original = original
        field: Any = self.fields["recommendation"]
        field.choices = [("", _("No recommendation")), *recommendations]
        if original != language:
            field.widget.attrs["lang"] = original
        for code in sorted(CODES, key=lambda code: code != original):
            self.fields[f"reason_{code}"] = _reason_field(code, is_original=code == original)

    def given(self) -> dict[str, Any]:
        """What the verb takes, of a valid form."""
        key = self.cleaned_data["recommendation"]
        return {
            "outcome": Outcome(self.cleaned_data["outcome"]),
            "recommendation": UUID(key) if key else None,
            "reasons": {code: self.cleaned_data[f"reason_{code}"] for code in CODES},
        }

    def add_problems(self, refusal: Incomplete) -> None:
        """What the verb found missing, at the fields."""
        for problem in refusal.problems:
            name, _dot, code = problem.field.partition(".")
            name = f"reason_{code or self.original}" if name == "reason" else name
            self.add_error(name if name in self.fields else None, str(problem.message))


class BulkForm(DispositionForm):
    """The same of several; the page draws the boxes in the rows of its table."""

    interventions = forms.MultipleChoiceField(
        label=_("Contributions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one contribution."),
            "invalid_choice": _(
                "A ticked contribution is not public any more. Look through the list once more."
            ),
        },
    )
    field_order = ("interventions",)

    def __init__(self, *args: Any, interventions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["interventions"]
        field.choices = interventions

    def given(self) -> dict[str, Any]:
        return super().given() | {"intervention_keys": as_keys(self.cleaned_data["interventions"])}


def initial_of(row: Disposition, original: str) -> dict[str, str]:
    """What the form shows of a disposition that stands. Its part is at hand."""
    reasons = row.translations | {original: row.reason}
    return {
        "outcome": row.outcome,
        "recommendation": str(row.part.key) if row.part else "",
        **{f"reason_{code}": text for code, text in reasons.items()},
    }


def _reason_field(code: str, *, is_original: bool) -> LinesField:
    field = LinesField(
        label=_("Reason, in %(language)s") % {"language": language_in_text(code)},
        max_length=MAX_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": code, "data-max-characters": MAX_REASON}),
        error_messages={"max_length": _("Shorten the reason to %(limit_value)d characters.")},
    )
    if is_original:
        field.help_text = _(
            "Everybody reads it once the conclusions are published. Needed where it is reflected in part, "
            "not reflected or out of scope."
        )
    return field
