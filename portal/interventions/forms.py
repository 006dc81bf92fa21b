"""Forms of the steps of an intervention; the desk's views call them. A save never needs a complete form."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.cms.queries import pages_by_key
from portal.common.characters import many_lines
from portal.common.choices import country_choices
from portal.common.countries import COUNTRIES
from portal.common.errors import Problem
from portal.common.languages import CODES, DEFAULT
from portal.interventions.drafts import (
    MAX_RECOMMENDATION,
    MAX_RECOMMENDATIONS,
    MAX_WORDS,
    InterventionFields,
    question_problems,
    recommendation_problems,
    text_problems,
)
from portal.interventions.enums import InterventionForm
from portal.interventions.models import Intervention
from portal.interventions.queries import question_keys
from portal.publication.wholes import as_codes
from portal.submissions.forms import as_keys
from portal.submissions.steps import StepForm, WritingForm


class QuestionsForm(StepForm):
    """Drawn by its own template: `questions` are checkboxes by consultation, segment and area, `about` those
    of what a text can be about as a whole.

    `saved_as` and `keys_of` tell another type of submission apart.
    """

    saved_as: ClassVar[Callable[..., Any]] = InterventionFields
    keys_of: ClassVar[Callable[[Any], Iterable[UUID]]] = question_keys
    questions = forms.Field(label=_("Guiding questions"), required=False)
    about = forms.Field(label=_("About as a whole"), required=False)

    def __init__(self, data: Any = None, *, draft: Any) -> None:
        super().__init__(data, initial=self.values_of(draft))

    def values_of(self, draft: Any) -> dict[str, Any]:
        return {
            "questions": tuple(str(key) for key in type(self).keys_of(draft)),
            "about": tuple(draft.wholes),
        }

    def typed(self) -> dict[str, Any]:
        return {"questions": tuple(str(key) for key in self.keys), "about": self.codes}

    @property
    def keys(self) -> tuple[UUID, ...]:
        return as_keys(self.data.getlist("questions"))  # type: ignore[attr-defined]

    @property
    def codes(self) -> tuple[str, ...]:
        return as_codes(self.data.getlist("about"))  # type: ignore[attr-defined]

    def fields_to_save(self) -> Any:
        return type(self).saved_as(question_keys=self.keys, wholes=self.codes)

    def in_words(self, name: str, value: Any) -> str:
        """The questions that are public, one a line."""
        keys = as_keys(list(value))
        pages = pages_by_key(keys, get_language() or DEFAULT)
        return "\n".join(pages[key].title for key in keys if key in pages)

    def problems(self) -> list[Problem]:
        named: tuple[UUID | str, ...] = (*self.keys, *self.codes)
        return question_problems(named, named)


class TextForm(WritingForm):
    texts = ("body",)
    field_order = ("title", "form", "country", "language", "body")

    form = forms.ChoiceField(
        label=_("Kind"),
        choices=InterventionForm,
        widget=forms.RadioSelect,
        help_text=_("A good practice is something that was done and that others can do too."),
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=country_choices, help_text=_("Where this happens or where it was tried.")
    )
    body = forms.CharField(
        label=_("Your intervention"),
        help_text=_("30 to 1,200 words. An empty line starts a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 14, "data-max-words": MAX_WORDS, "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, draft: Intervention) -> None:
        super().__init__(data, draft=draft)
        self.fields["title"].help_text = _("One line that says what you propose or what you did.")

    def fields_to_save(self) -> InterventionFields:
        typed = self.typed()
        return InterventionFields(
            title=typed["title"] if self.fits else None,
            form=typed["form"] if typed["form"] in InterventionForm.values else None,
            country=typed["country"] if typed["country"] in {"", *COUNTRIES} else None,
            language=typed["language"] if typed["language"] in CODES else None,
            body=typed["body"],
        )

    @property
    def fits(self) -> bool:
        return not self.title_problems()

    def problems(self) -> list[Problem]:
        typed = self.typed()
        problems = [*self.title_problems(), *text_problems(Intervention(**typed))]
        if typed["form"] not in InterventionForm.values:
            problems.append(Problem("form", _("Choose one of the two kinds.")))
        return problems


class RecommendationsForm(StepForm):
    NAMES = tuple(f"recommendation_{number}" for number in range(1, MAX_RECOMMENDATIONS + 1))

    def __init__(self, data: Any = None, *, draft: Intervention) -> None:
        super().__init__(data, initial=self.values_of(draft))
        attrs = {"rows": 4, "lang": draft.language, "data-max-characters": MAX_RECOMMENDATION}
        for number, name in enumerate(self.NAMES, start=1):
            self.fields[name] = forms.CharField(
                label=_("Recommendation %(number)d") % {"number": number},
                required=False,
                help_text=_("At most %(limit)d characters.") % {"limit": MAX_RECOMMENDATION},
                widget=forms.Textarea(attrs=attrs),
            )

    def values_of(self, draft: Intervention) -> dict[str, Any]:
        return dict(zip(self.NAMES, [*draft.recommendations, "", "", ""], strict=False))

    def typed(self) -> dict[str, Any]:
        return dict(zip(self.NAMES, [*filter(None, self.rows), "", "", ""], strict=False))

    @property
    def rows(self) -> list[str]:
        return [many_lines(self.data.get(name, "")) for name in self.NAMES]

    def fields_to_save(self) -> InterventionFields:
        return InterventionFields(recommendations=tuple(self.rows))

    def problems(self) -> list[Problem]:
        return recommendation_problems(self.rows)
