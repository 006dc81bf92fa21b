"""Forms of the rooms where conclusions are drafted; the verbs say what cannot be, the views show it here."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.errors import Problem
from portal.common.forms import LineField, LinesField, TypedField
from portal.conclusions.desk.marking import Marked, ticked, written
from portal.conclusions.enums import PartKind, Stance
from portal.conclusions.seen import SeenForm
from portal.conclusions.support import ALL, Force

Choices = Sequence[tuple[str, Any]]
COUNTED = "counted"


LONGEST_PASSAGE = 10_000


def _text(rows: int, **options: Any) -> LinesField:
    return LinesField(widget=forms.Textarea(attrs={"rows": rows}), required=False, **options)


class ChosenForm(forms.Form):
    """A form some of whose choices come from the draft: `choices` by the name of the field."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.choices = rows


class StartForm(ChosenForm):
    consultation = forms.ChoiceField(label=_("Consultation"))
    language = forms.ChoiceField(
        label=_("Language of the original"),
        choices=language_choices,
        help_text=_(
            "Translations are written beside it later. A next version keeps that of the version before."
        ),
    )


class WordsForm(forms.Form):
    """What a part says in one language."""

    heading = LineField(
        label=_("Heading"),
        required=False,
        help_text=_("A segment and a priority area have one; a recommendation may, as its short title."),
    )
    body = _text(8, label=_("Text"), help_text=_("A footnote's mark stands as [^1]."))

    def speak(self, language: str) -> None:
        for name in ("heading", "body"):
            self.fields[name].widget.attrs |= {"lang": language, "spellcheck": "true"}


class NewPartForm(WordsForm, ChosenForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=PartKind)
    above = forms.ChoiceField(label=_("Stands in"), required=False)
    field_order = ("kind", "above", "heading", "body")


class TranslationForm(WordsForm):
    is_official = forms.BooleanField(
        label=_("This is the official translation"),
        required=False,
        help_text=_("Only official translations become public."),
    )


class PlaceForm(ChosenForm):
    above = forms.ChoiceField(label=_("Stands in"), required=False)


class NumberForm(forms.Form):
    number = TypedField(
        label=_("Number"),
        max_length=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("That of the consultation's segment: its contributions are shown beside this one."),
    )


class FactsForm(ChosenForm, SeenForm):
    addressees = forms.MultipleChoiceField(
        label=_("Addressed to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    marks = forms.MultipleChoiceField(
        label=_("Cross-cutting marks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_from_plenary = forms.BooleanField(
        label=_("It comes from the plenary of the meeting"),
        required=False,
        help_text=_("It then needs no passage behind it, and readers are told so."),
    )


class ForceForm(ChosenForm, SeenForm):
    category = forms.ChoiceField(label=_("Among"), required=False)
    force = forms.ChoiceField(
        label=_("Force of support"), choices=[(COUNTED, _("As counted")), *Force.choices], initial=COUNTED
    )
    note = _text(
        3, label=_("Why it is another one"), help_text=_("Stays private. Readers see that editors set it.")
    )

    @property
    def chosen(self) -> Force | None:
        code = self.cleaned_data["force"]
        return None if code == COUNTED else Force(code)


class MarkForm(ChosenForm):
    """Passages of one source, and the recommendation that they are attached to."""

    sentence = forms.MultipleChoiceField(
        label=_("Sentences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("A passage that you marked is not there any more. Mark it again.")
        },
    )
    words = _text(
        2,
        label=_("The words"),
        max_length=LONGEST_PASSAGE,
        help_text=_(
            "Instead of whole sentences: copy the words from the text. Marking them in the text fills this."
        ),
    )
    at = forms.CharField(required=False, widget=forms.HiddenInput)
    recommendation = forms.ChoiceField(
        label=_("Recommendation"), error_messages={"required": _("Choose a recommendation, or a new one.")}
    )
    stance = forms.ChoiceField(
        label=_("What the passage says of it"),
        choices=Stance,
        initial=Stance.SUPPORTS,
        widget=forms.RadioSelect,
    )
    new_words = _text(
        3,
        label=_("Words of a new recommendation"),
        help_text=_(
            "Only where you chose a new one. Empty: the marked words, if they are in the draft's language."
        ),
    )
    note = _text(2, label=_("Note"), help_text=_("Stays private."))
    field_order = ("sentence", "words", "at", "recommendation", "stance", "new_words", "note")

    def __init__(self, *args: Any, texts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts, self.marked = texts, list[Marked]()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.marked = ticked(typed.get("sentence", ()), self.texts)
        if words := typed.get("words", ""):
            place = written(words, self.texts, typed.get("at", ""))
            if isinstance(place, Problem):
                self.add_error("words", str(place.message))
            elif place not in self.marked:
                self.marked.append(place)
        if not self.marked and not {"sentence", "words"} & self.errors.keys():
            self.add_error("words", _("Mark a passage: tick a sentence or write the words."))
        return typed


class SummaryForm(forms.Form):
    text = _text(
        10,
        label=_("In plain words"),
        help_text=_("For readers who are not lawyers: short sentences, no terms that need a glossary."),
    )


class PublishForm(forms.Form):
    """What a person allows before publishing; without a consultation to close there is nothing to ask."""

    closes = forms.BooleanField(
        label=_("Close the consultation"),
        help_text=_("Nothing can be submitted on its questions afterwards; drafts stay with their writers."),
        error_messages={
            "required": _("The consultation is still open. Tick this to close it, or publish later.")
        },
    )

    def __init__(self, *args: Any, closes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not closes:
            del self.fields["closes"]

    @property
    def may_close(self) -> bool:
        return bool(self.cleaned_data.get("closes"))


def category_choices(type_names: Mapping[str, str]) -> Choices:
    return [(ALL, _("All together")), *type_names.items()]
