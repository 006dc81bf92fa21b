"""Forms of interventions made in the room; the views beside them call them."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_choices, language_choices
from portal.common.forms import LineField, LinesField
from portal.common.languages import DEFAULT
from portal.interventions.drafts import InterventionFields
from portal.interventions.enums import InterventionForm, Manner
from portal.interventions.room import LONGEST_SOURCE
from portal.organizations.models import Organization
from portal.organizations.public_bodies import organization_meant


class EntryForm(forms.Form):
    """What was said at a session, by whom, on which questions. `made` is the organization that it is for."""

    organization = LineField(
        label=_("Organization"), help_text=_("Its number, such as O-00007, or its name.")
    )
    manner = forms.ChoiceField(label=_("How it was made"), choices=Manner.choices)
    speaker_role = LineField(
        label=_("Speaker's role"),
        max_length=200,
        required=False,
        help_text=_("Such as “minister of justice”. Never the name of a person."),
    )
    source = LineField(
        label=_("Source of the text"),
        max_length=LONGEST_SOURCE,
        help_text=_(
            "Such as the recording and its minute, or the paper. "
            "Only the secretariat and the organization read this."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    form = forms.ChoiceField(label=_("Kind"), choices=InterventionForm.choices)
    title = LineField(label=_("Title"), max_length=200)
    body = LinesField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 10}))
    recommendations = LinesField(
        label=_("Key recommendations"),
        required=False,
        help_text=_("One a line, three at most."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions it is about"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, questions: list[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"language": get_language() or DEFAULT} | initial)
        chosen: Any = self.fields["questions"]
        chosen.choices = questions
        self.made: Organization | None = None

    def clean_organization(self) -> str:
        """A public organization by its number or one of its names."""
        word: str = self.cleaned_data["organization"]
        self.made, reason = organization_meant(word)
        if self.made is None:
            raise forms.ValidationError(reason)
        return word

    @property
    def said(self) -> InterventionFields:
        values = self.cleaned_data
        return InterventionFields(
            title=values["title"],
            language=values["language"],
            country=values["country"],
            form=values["form"],
            body=values["body"],
            recommendations=tuple(values["recommendations"].splitlines()),
            question_keys=tuple(UUID(key) for key in values["questions"]),
        )


class ObjectionForm(forms.Form):
    objection = LinesField(
        label=_("What is wrong?"),
        max_length=4000,
        help_text=_("Only the secretariat reads this."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
