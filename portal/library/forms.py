"""What a reader may ask of the library's pages by address."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.common.choices import language_choices
from portal.common.filtering import ListFilters
from portal.library.enums import DocumentKind

MAX_QUERY = 300


class LibraryFilters(ListFilters):
    """Kind and language of the documents in the list."""

    kind = forms.MultipleChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    language = forms.MultipleChoiceField(label=_("Language"), choices=language_choices)


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
