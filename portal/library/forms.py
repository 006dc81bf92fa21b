"""What a reader may ask of the library's pages by address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.common.choices import language_choices
from portal.common.filtering import ListFilters
from portal.library.enums import DocumentKind

MAX_QUERY = 300


class LibraryFilters(ListFilters):
    """What the documents in the list are, and what they are filed under.

    Kinds and languages are fixed; of the others the list has the values that some public document has.
    """

    kind = forms.MultipleChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    language = forms.MultipleChoiceField(label=_("Language"), choices=language_choices)
    year = forms.MultipleChoiceField(label=_("Year"))
    country = forms.MultipleChoiceField(label=_("Country"))
    organization = forms.MultipleChoiceField(label=_("Organization"))
    theme = forms.MultipleChoiceField(label=_("Thematic area"))
    consultation = forms.MultipleChoiceField(label=_("Consultation"))
    segment = forms.MultipleChoiceField(label=_("Segment"))

    def __init__(
        self, *args: Any, offered: Mapping[str, Sequence[tuple[str, str, int]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name not in ("kind", "language"):
                values = offered.get(name, ())
                field.choices = [(value, text) for value, text, _number in values]  # type: ignore[attr-defined]


def searched_words(asked: Mapping[str, str]) -> str:
    """The words to mark on a reading page."""
    return one_line(asked.get("q", ""))[:MAX_QUERY]


def searched_how(asked: Mapping[str, str]) -> str:
    """What a result's address says of its search (`search.results.highlighting`); the marker reads it."""
    return asked.get("expand", "")[:10]


def asked_passage(asked: Mapping[str, str]) -> int | None:
    """The passage to open at; None when none or nonsense is asked for."""
    return _number(asked.get("passage", ""))


def asked_part(asked: Mapping[str, str]) -> int:
    return _number(asked.get("page", "")) or 1


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
