"""Filters of public lists: forms sent by GET. Lists of every app build on `Filters`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_choices

Choices = Iterable[tuple[str, Any]]


class Filter(forms.ChoiceField):
    """One optional choice; the empty value means everything."""

    def __init__(self, label: Any, choices: Choices = ()) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=[("", _("All")), *choices],
            error_messages={"invalid_choice": _("This list has no such choice. It was left out.")},
        )


class Filters(forms.Form):
    """A value that is not offered is said at its field and filters nothing; the others still do.

    `choices` are those of fields whose offer depends on the data or the language; countries are known.
    """

    def __init__(self, query: QueryDict, **choices: Choices) -> None:
        super().__init__(query)
        self.query = query
        if "country" in self.fields:
            choices = {"country": country_choices()[1:], **choices}
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, Filter)  # noqa: S101  # narrows the type
            field.choices = [("", _("All")), *offered]
        self.full_clean()

    def chosen(self) -> dict[str, str]:
        """The values that filter, by the name of their field."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def prefix_of_pages(self) -> str:
        """The address of another page of the same list, up to its number."""
        query = self.query.copy()
        query.pop("page", None)
        return f"?{query.urlencode()}&page=" if query else "?page="


class OrganizationFilters(Filters):
    type = Filter(_("Type of organization"))
    country = Filter(_("Country"))
