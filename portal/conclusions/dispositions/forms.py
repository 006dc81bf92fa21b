"""The form that says what became of interventions; the desk and the decision about an objection take it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.digests import digest_of
from portal.common.errors import Incomplete
from portal.common.forms import LinesField
from portal.common.languages import CODES
from portal.common.phrases import language_in_text
from portal.conclusions.enums import Outcome
from portal.conclusions.models import Disposition
from portal.conclusions.seen import SeenForm
from portal.submissions.forms import as_keys

MAX_REASON = 2000
Choices = Sequence[tuple[str, str]]


class DispositionForm(SeenForm):
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

    def __init__(
        self, *args: Any, interventions: Choices, kept: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        """`kept` is what stands now, by intervention, as a mark of it."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["interventions"]
        field.choices = interventions
        self.kept = kept or {}
        self.initial["seen"] = " ".join(f"{key}:{self.kept.get(key, '')}" for key, _name in interventions)

    def clean(self) -> dict[str, Any]:
        """Of those that are ticked nobody has said something else since the list was read."""
        read = dict(each.partition(":")[::2] for each in str(self.data.get("seen", "")).split())
        typed = super().clean()
        ticked = typed.get("interventions", [])
        if others := [key for key in ticked if key in read and read[key] != self.kept.get(key, "")]:
            field: Any = self.fields["interventions"]
            names = dict(field.choices)
            told = _("Meanwhile somebody said what became of this: %(names)s. Send it again to replace that.")
            self.renew_mark()
            self.add_error("interventions", told % {"names": "; ".join(str(names[key]) for key in others)})
        return typed

    def is_stale(self, seen: str) -> bool:
        """Told at the boxes instead."""
        return False

    def given(self) -> dict[str, Any]:
        return super().given() | {"intervention_keys": as_keys(self.cleaned_data["interventions"])}


def mark_of(row: Disposition) -> str:
    """Names what is said of an intervention."""
    said = [row.outcome, row.part_id, row.reason, sorted(row.translations.items())]
    return digest_of({"said": said})[:12]


def initial_of(row: Disposition | None, original: str) -> dict[str, str]:
    """What the form shows of a disposition that stands, or of none. Its part is at hand."""
    reasons = dict.fromkeys(CODES, "") | (row.translations | {original: row.reason} if row else {})
    return {
        "outcome": row.outcome if row else "",
        "recommendation": str(row.part.key) if row and row.part else "",
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
