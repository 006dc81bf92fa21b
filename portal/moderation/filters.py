"""What the lists of moderation are narrowed to, sent by GET."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common.countries import COUNTRIES, country_name
from portal.common.filtering import ListFilters
from portal.common.formatting import day
from portal.common.forms import DayField, LineField
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.consultations.page_queries import consultations
from portal.moderation.enums import Age, Order, Owner
from portal.submissions.types import review_types


def said(filters: ListFilters) -> list[str]:
    """What is chosen, in words: it stands in the heading of filters that are folded."""
    return [_in_words(filters.fields[name], value) for name, value in filters.chosen.items()]


def _in_words(field: Any, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value))
    return day(value) if isinstance(value, date) else f"“{value}”"


class QueueFilters(ListFilters):
    """`chosen` is what `listing_of` takes; each row passes all of it."""

    q = LineField(label=_("Words in title or organization"), max_length=200, widget=forms.TextInput)
    kind = forms.ChoiceField(label=_("Kind"))
    language = forms.ChoiceField(label=_("Language"))
    consultation = forms.ChoiceField(label=_("Consultation"))
    organization = LineField(label=_("Organization"), max_length=200, widget=forms.TextInput)
    country = forms.ChoiceField(label=_("Country of the organization"))
    age = forms.ChoiceField(label=_("Last day"))
    late = forms.ChoiceField(label=_("Deadline of the authors"))
    owner = forms.ChoiceField(label=_("Who looks after it"))
    copies = forms.ChoiceField(label=_("Near-copies"))
    sort = forms.ChoiceField(label=_("Order"))

    def __init__(self, asked: Any, *, language: str) -> None:
        super().__init__(asked)
        self.offer("kind", [(of.kind, of.label) for of in review_types()])
        self.offer("language", [(code, LANGUAGE_NAMES[code]) for code in CODES])
        self.offer("consultation", [(str(page.key), page.title) for page in consultations(language)])
        self.offer("country", [(code, country_name(code)) for code in COUNTRIES])
        self.offer("age", Age.choices)
        self.offer("late", [("yes", _("Only what was submitted after it"))])
        self.offer("owner", Owner.choices)
        self.offer("copies", [("yes", _("Only texts with near-copies"))])
        self.offer("sort", Order.choices[1:], every=Order.OLDEST.label)

    def count(self, rows: Iterable[Any]) -> None:
        """Says how many of each kind wait, and offers the countries of these rows alone."""
        rows = list(rows)
        kinds, places = Counter(row.of.kind for row in rows), {row.country for row in rows}
        self.offer("kind", [(of.kind, f"{of.label} ({kinds[of.kind]})") for of in review_types()])
        told = [(code, str(country_name(code))) for code in places if code]
        asked = self.chosen.get("country")
        told += [(asked, str(country_name(asked)))] if asked and asked not in places else []
        self.offer("country", sorted(told, key=lambda row: row[1]))


class DecidedFilters(ListFilters):
    """Of what was decided: what, by whom, when."""

    q = LineField(label=_("Words in title or organization"), max_length=200, widget=forms.TextInput)
    kind = forms.ChoiceField(label=_("Kind"))
    action = forms.ChoiceField(label=_("Decision"))
    by = forms.ChoiceField(label=_("Decided by"))
    since = DayField(label=_("From"))
    until = DayField(label=_("Until"))

    def __init__(self, asked: Any, *, deciders: Sequence[User]) -> None:
        super().__init__(asked)
        decisions = {row.code: row.label for of in review_types() for row in of.decisions}
        self.offer("kind", [(of.kind, of.label) for of in review_types()])
        self.offer("action", decisions.items())
        self.offer("by", [(str(user.pk), str(user)) for user in deciders])
