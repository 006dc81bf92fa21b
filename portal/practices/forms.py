"""Forms of the steps of a good practice; the desk's views call them. A save never needs a complete form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_choices
from portal.common.countries import COUNTRIES
from portal.common.errors import Problem
from portal.common.languages import CODES
from portal.common.phrases import too_long
from portal.interventions.forms import QuestionsForm
from portal.practices.drafts import (
    MAX_CONTACT,
    MAX_COUNTRIES,
    MAX_WORDS,
    PracticeFields,
    evidence_problems,
    measure_problems,
)
from portal.practices.models import Practice
from portal.practices.queries import question_keys
from portal.submissions.steps import FieldsForm, WritingForm

OTHER_COUNTRIES = tuple(f"country_{number}" for number in range(2, MAX_COUNTRIES + 1))


def _text(name: str, label: Any, help_text: Any, *, rows: int = 6) -> forms.CharField:
    attrs = {"rows": rows, "data-max-words": MAX_WORDS[name], "autocomplete": "off"}
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs=attrs))


class MeasureForm(WritingForm):
    """`country_2` to `country_4` are the draft's `countries`."""

    texts = ("problem", "measure", "beneficiaries")
    field_order = ("title", "country", *OTHER_COUNTRIES, "language", "problem", "measure", "beneficiaries")

    country = forms.ChoiceField(
        label=_("Country"), choices=country_choices, help_text=_("Where it was done first, or most.")
    )
    country_2 = forms.ChoiceField(label=_("Second country"), choices=country_choices, required=False)
    country_3 = forms.ChoiceField(label=_("Third country"), choices=country_choices, required=False)
    country_4 = forms.ChoiceField(label=_("Fourth country"), choices=country_choices, required=False)
    problem = _text("problem", _("The problem"), _("What was wrong, and for whom. Up to 300 words."))
    measure = _text(
        "measure",
        _("What was done"),
        _("Who did what, since when, with how much money and how many people. Up to 600 words."),
        rows=10,
    )
    beneficiaries = _text(
        "beneficiaries", _("Who benefits"), _("Which people, and how many. Up to 200 words."), rows=4
    )

    def __init__(self, data: Any = None, *, draft: Practice) -> None:
        super().__init__(data, draft=draft)
        self.fields["title"].help_text = _("One line that says what you did.")

    def values_of(self, draft: Practice) -> dict[str, Any]:
        padded = [*draft.countries, "", "", ""]
        others = dict(zip(OTHER_COUNTRIES, padded, strict=False))
        return {name: others.get(name, str(getattr(draft, name, ""))) for name in self.base_fields}

    def fields_to_save(self) -> PracticeFields:
        typed = self.typed()
        others = [code for name in OTHER_COUNTRIES if (code := typed[name]) in COUNTRIES]
        return PracticeFields(
            title=typed["title"] if self.fits else None,
            country=typed["country"] if typed["country"] in {"", *COUNTRIES} else None,
            countries=tuple(code for code in dict.fromkeys(others) if code != typed["country"]),
            language=typed["language"] if typed["language"] in CODES else None,
            **{name: typed[name] for name in self.texts},
        )

    @property
    def fits(self) -> bool:
        return not self.title_problems()

    def problems(self) -> list[Problem]:
        typed = {name: value for name, value in self.typed().items() if name not in OTHER_COUNTRIES}
        return [*self.title_problems(), *measure_problems(Practice(**typed))]


class EvidenceForm(FieldsForm):
    texts = ("evidence", "conditions")
    lines = phrases = ("contact_role",)

    evidence = _text(
        "evidence",
        _("Evidence"),
        _("How one knows that it works: numbers, evaluations, what people say. Up to 400 words."),
    )
    conditions = _text(
        "conditions",
        _("Conditions to repeat it"),
        _("What others need to do the same: laws, money, people, partners. Up to 400 words."),
    )
    contact_role = forms.CharField(
        label=_("Whom to ask"),
        help_text=_(
            "A role, such as “coordination of the legal clinic”. Never a person’s name: this is published."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-max-characters": MAX_CONTACT}),
    )

    def fields_to_save(self) -> PracticeFields:
        typed = self.typed()
        return PracticeFields(**{name: typed[name] for name in typed if name != "contact_role" or self.fits})

    @property
    def fits(self) -> bool:
        return len(self.typed()["contact_role"]) <= MAX_CONTACT

    def problems(self) -> list[Problem]:
        typed = self.typed()
        over = len(typed["contact_role"]) - MAX_CONTACT
        unfit = [Problem("contact_role", too_long(over))] if over > 0 else []
        return [*unfit, *evidence_problems(Practice(**typed))]


class PracticeQuestionsForm(QuestionsForm):
    saved_as = PracticeFields
    keys_of = question_keys

    def problems(self) -> list[Problem]:
        return []
