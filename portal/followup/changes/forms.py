"""What a reader narrows the list of changes to; the views call it."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.filtering import ListFilters
from portal.followup.models import ReviewCycle


class ChangeFilters(ListFilters):
    """One query where a cycle is asked for."""

    cycle = forms.ChoiceField(label=_("Review cycle"))

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__(query)
        slug = query.get("cycle", "")
        self._known = {row.slug: row for row in ReviewCycle.objects.all()} if slug else {}
        self.offer("cycle", ((each, each) for each in self._known))

    @property
    def one(self) -> ReviewCycle | None:
        """The cycle that was asked for, None for all."""
        return self._known.get(self.chosen.get("cycle", ""))
