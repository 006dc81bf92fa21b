"""Choosing cross-cutting marks as a step of writing; types whose model is `Marked` name it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.languages import DEFAULT
from portal.submissions.steps import StepForm
from portal.submissions.types import Step
from portal.taxonomy.queries import mark_choices, mark_names, marks


class MarksForm(StepForm):
    """Checkboxes by facet; none is enough. `saved_as` makes the fields of the type."""

    marks = forms.MultipleChoiceField(
        label=_("Cross-cutting marks"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose what the text really speaks of. Readers filter by it."),
    )

    def __init__(self, data: Any = None, *, draft: Any, saved_as: Callable[..., Any]) -> None:
        super().__init__(data, initial=self.values_of(draft))
        self.saved_as = saved_as
        field: Any = self.fields["marks"]
        field.choices = mark_choices(marks(get_language() or DEFAULT))

    def values_of(self, draft: Any) -> dict[str, Any]:
        return {"marks": sorted(draft.marks)}

    def typed(self) -> dict[str, Any]:
        return {"marks": sorted({*self._sent})}

    @property
    def _sent(self) -> list[str]:
        values: list[str] = self.data.getlist("marks")  # type: ignore[attr-defined]
        return values

    def fields_to_save(self) -> Any:
        """Those of the vocabulary, in its order."""
        return self.saved_as(marks=[code for code in mark_names(DEFAULT) if code in self._sent])


def marks_step(saved_as: Callable[..., Any]) -> Step:
    return Step(
        name="marks",
        title=_("Cross-cutting marks"),
        form=partial(MarksForm, saved_as=saved_as),
        problems=lambda row, related: [],
        is_started=lambda row, related: bool(row.marks),
        corrects=frozenset({"marks"}),
        is_optional=True,
        is_aside=True,
    )
