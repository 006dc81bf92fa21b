"""The one page on which an observation is written; the desk's views call it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.common.languages import CODES
from portal.followup.models import Observation
from portal.followup.observing.drafts import MAX_CONFLICT, MAX_WORDS, ObservationFields, writing_problems
from portal.submissions.steps import WritingForm


def _area(rows: int, words: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-max-words": words, "autocomplete": "off"})


class ObservationForm(WritingForm):
    texts = ("text", "sources", "conflict")

    text = forms.CharField(
        label=_("What do you observe?"),
        help_text=_("What you see yourselves, from when and where. Without names of persons."),
        widget=_area(8, MAX_WORDS),
    )
    sources = forms.CharField(
        label=_("What does it rest on?"),
        help_text=_("One in each line: what it is, from when, and its address where it has one."),
        widget=_area(4, MAX_WORDS),
    )
    conflict = forms.CharField(
        label=_("What do you have to do with it?"),
        help_text=_("Money, projects, people in common; or that there is nothing. Everybody sees it."),
        widget=_area(3, MAX_CONFLICT),
    )

    def fields_to_save(self) -> ObservationFields:
        typed = self.typed()
        return ObservationFields(
            title=typed["title"] if self.fits else None,
            language=typed["language"] if typed["language"] in CODES else None,
            **{name: typed[name] for name in self.texts},
        )

    def problems(self) -> list[Problem]:
        values: dict[str, Any] = self.typed()
        return [*self.title_problems(), *writing_problems(Observation(**values))]

    @property
    def fits(self) -> bool:
        return not self.title_problems()
