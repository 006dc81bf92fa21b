"""The one page on which an assessment is written; the desk's views call it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.followup.assessing.drafts import (
    CHOICES,
    MAX_CONFLICT,
    MAX_WORDS,
    AssessmentFields,
    writing_problems,
)
from portal.followup.assessment_models import Assessment
from portal.followup.enums import Basis, Confidence
from portal.pledges.enums import Completion
from portal.submissions.steps import FieldsForm


def _area(rows: int, words: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-max-words": words, "autocomplete": "off"})


def _known(name: str, typed: str) -> str | None:
    """What the table can hold: one of the list, or nothing yet."""
    return typed if typed in {"", *CHOICES[name].values} else None


class AssessmentForm(FieldsForm):
    texts = ("text", "sources", "conflict")

    completion = forms.ChoiceField(
        label=_("How far has the pledge come?"),
        choices=Completion,
        widget=forms.RadioSelect,
        help_text=_("What you found, whatever the parties say. Their claim stays beside it."),
    )
    confidence = forms.ChoiceField(label=_("How sure are you?"), choices=Confidence, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("What does it rest on?"), choices=Basis, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is your finding?"),
        help_text=_("Without names of persons."),
        widget=_area(8, MAX_WORDS),
    )
    sources = forms.CharField(
        label=_("Documents and checks"),
        required=False,
        help_text=_("One in each line: what it is, from when, and where it can be read."),
        widget=_area(4, MAX_WORDS),
    )
    conflict = forms.CharField(
        label=_("What do you have to do with the parties?"),
        help_text=_("Money, projects, people in common; or that there is nothing. Everybody sees it."),
        widget=_area(3, MAX_CONFLICT),
    )

    def fields_to_save(self) -> AssessmentFields:
        typed = self.typed()
        values: dict[str, Any] = {name: _known(name, typed[name]) for name in CHOICES}
        return AssessmentFields(**values, **{name: typed[name] for name in self.texts})

    def problems(self) -> list[Problem]:
        values: dict[str, Any] = self.typed()
        return writing_problems(Assessment(**values))
