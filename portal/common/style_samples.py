"""A made-up form and made-up content for the components on `/style/`; nothing else may use them."""

import tomllib
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from portal.common.forms import TypedField
from portal.common.languages import OWN_NAMES

CONTENT = Path(__file__).with_suffix(".toml")
QUESTIONS = [
    ("Segment I", [("1", "1.1 Registers"), ("2", "1.2 Documents")]),
    ("Segment II", [("3", "2.1 Work")]),
]
TYPED = {"title": "", "intervention": "word " * 26, "email": "no address"}


class SampleForm(forms.Form):
    title = TypedField(label="Title", help_text="One line that says what was done.", max_length=120)
    intervention = forms.CharField(
        label="Intervention",
        help_text="Up to 25 words, in any of the four languages.",
        widget=forms.Textarea(attrs={"rows": 4, "data-max-words": 25}),
    )
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    country = forms.ChoiceField(label="Country", required=False, choices=[("", "Choose"), ("BR", "Brazil")])
    language = forms.ChoiceField(
        label="Language of the text", widget=forms.RadioSelect, choices=list(OWN_NAMES.items())
    )
    questions = forms.MultipleChoiceField(
        label="Questions it is about", required=False, widget=forms.CheckboxSelectMultiple, choices=QUESTIONS
    )
    agree = forms.BooleanField(label="We may be named in public")

    def clean_intervention(self) -> str:
        intervention: str = self.cleaned_data["intervention"]
        if (extra := len(intervention.split()) - 25) > 0:
            raise forms.ValidationError(f"Shorten the text by {extra} word(s).")
        return intervention


class SampleUpload(forms.Form):
    evidence = forms.FileField(label="Evidence", required=False)


def samples() -> dict[str, Any]:
    return tomllib.loads(CONTENT.read_text(encoding="utf-8"))


def pages() -> Page[int]:
    return Paginator(range(50), 10).get_page(2)
