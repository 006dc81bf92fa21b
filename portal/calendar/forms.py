"""What a reader narrows the calendar to; the views call it."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.calendar.entries import Entry
from portal.common.filtering import ListFilters


class CalendarFilters(ListFilters):
    """The dates of one consultation or cycle that has any."""

    consultation = forms.ChoiceField(label=_("Consultation"))
    cycle = forms.ChoiceField(label=_("Review cycle"))

    def __init__(self, query: Mapping[str, str], rows: Iterable[Entry]) -> None:
        super().__init__(query)
        there = {(row.of, row.slug) for row in rows}
        for name in self.fields:
            self.offer(name, ((slug, slug) for of, slug in there if of == name))

    def takes(self, row: Entry) -> bool:
        return all((row.of, row.slug) == asked for asked in self.chosen.items())
