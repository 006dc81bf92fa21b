"""Filters of public lists, sent by GET: the same for the list, its export, its feed and the read API.

A value that is not offered is said at its field, and nothing passes. Files, feeds and the API refuse it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet

from portal.common.choices import country_choices
from portal.common.declarations import declared
from portal.common.filtering import ListFilters
from portal.common.phrases import LANGUAGE_NAMES
from portal.publication.models import Record
from portal.publication.queries import by_organization, with_link
from portal.taxonomy.queries import Mark

Choices = Iterable[tuple[str, Any]]
# A translation key, as rows of the read API tell it.
PAGE_KEY = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a list, and the names of organization types and marks in that language, where known."""

    language: str
    type_names: Mapping[str, str]
    marks: Mapping[str, Mark] = field(default_factory=dict)


class Choice(ChoiceFilter):
    """One optional choice; the empty value means everything.

    `offered` gives choices that depend on the data or the language; with `is_narrowed` (one of a list,
    the longest) a page offers only those that lead to a record, with `kept` only those that it gives.
    `parameter` is the name in the read API where it differs, `pattern` what a value looks like there where
    the choices are not fixed. `is_linked`: links ask for it, a form shows it only where it was asked for.
    """

    def __init__(
        self,
        label: Any,
        *,
        choices: Choices = (),
        offered: Callable[[Reader], Choices] | None = None,
        parameter: str = "",
        pattern: str = "",
        description: str = "",
        is_narrowed: bool = False,
        kept: Callable[[], Collection[str]] | None = None,
        is_linked: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(
            label=label,
            choices=list(choices),
            empty_label=pgettext_lazy("filter", "All"),
            **options,
        )
        self.offered, self.parameter = offered, parameter
        self.pattern, self.description, self.is_narrowed = pattern, description, is_narrowed
        self.kept, self.is_linked = kept, is_linked


class HiddenFilter(CharFilter):
    """What links ask a list for: no field of the form. `pattern` is what a value looks like."""

    parameter = ""
    pattern = ""
    description = ""

    def __init__(self) -> None:
        super().__init__(label="", widget=forms.HiddenInput)


class OrganizationNumber(HiddenFilter):
    """The records of one organization, by its number."""

    pattern = r"O-[0-9]{1,9}"
    description = "Such as O-00007."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return by_organization(qs, value) if value else qs


class PageKey(HiddenFilter):
    """The records that link to one page, by its key; none for what is no key."""

    pattern = PAGE_KEY

    def __init__(self, relation: str, description: str) -> None:
        super().__init__()
        self.relation, self.description = relation, description

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return with_link(qs, self.relation, [value]) if value else qs


def has_code(fact: str, code: str) -> Q:
    """Whether a fact of several codes, parted by spaces, names this one."""
    name = f"facts__{fact}"
    return reduce(
        or_,
        (
            Q(**{name: code}),
            Q(**{f"{name}__startswith": f"{code} "}),
            Q(**{f"{name}__endswith": f" {code}"}),
            Q(**{f"{name}__icontains": f" {code} "}),
        ),
    )


def by_country() -> Choice:
    return Choice(
        _("Country"),
        field_name="country",
        offered=lambda reader: country_choices()[1:],
        pattern="[A-Z]{2}",
        description="ISO 3166 code, such as MX.",
        is_narrowed=True,
    )


def by_type() -> Choice:
    return Choice(
        _("Type of organization"),
        field_name="type_code",
        offered=lambda reader: reader.type_names.items(),
        pattern="[a-z_]{1,40}",
        description="Code of an organization type, such as refugee_led.",
    )


def by_original_language() -> Choice:
    return Choice(
        _("Language of the original"),
        field_name="language",
        choices=LANGUAGE_NAMES.items(),
        description="The language it was written in.",
    )


def _within(choices: Choices, offered: Collection[str]) -> Choices:
    """Of the choices those that are offered; a group stays with what it holds of them."""
    for value, label in choices:
        if isinstance(label, list):
            if rows := list(_within(label, offered)):
                yield value, rows
        elif value in offered:
            yield value, label


class RecordFilters(FilterSet):
    """The filters of one kind of record; each kind declares its own."""

    class Meta:
        form = ListFilters

    def __init__(
        self,
        query: Mapping[str, str],
        queryset: QuerySet[Record],
        reader: Reader,
        *,
        only: Collection[str] | None = None,
    ) -> None:
        """`only` names the filters to make; the others would read what they offer for nothing."""
        super().__init__(query, queryset)
        self.filters: dict[str, Any]
        names = self._asked(query) if only is None else only
        self.filters = {name: self.filters[name] for name in names}
        for each in self.filters.values():
            if isinstance(each, Choice) and each.offered is not None:
                each.extra["choices"] = list(each.offered(reader))

    def _asked(self, query: Mapping[str, str]) -> list[str]:
        """All but what only links ask for and this address does not."""
        return [
            name
            for name, each in self.filters.items()
            if name in query or not (isinstance(each, Choice) and each.is_linked)
        ]

    def chosen(self) -> dict[str, str]:
        """The values that filter, by the name of their field."""
        chosen: dict[str, str] = self.form.chosen
        return chosen

    @property
    def is_asked(self) -> bool:
        """Whether the address narrows the list, be it by a value that there is not."""
        return bool(self.form.is_asked)

    def filter_queryset(self, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """All filters, the narrowed choice last: what stands before it is counted by its values."""
        queryset = self.form.passing(queryset)
        values = dict(self.form.cleaned_data)
        last = values.pop(self.narrowed, "")
        for name, value in values.items():
            queryset = self.filters[name].filter(queryset, value)
        self.before_last = queryset
        return self.filters[self.narrowed].filter(queryset, last) if last else queryset

    def counts(self) -> dict[str, int]:
        """Number of rows by the value of the narrowed choice, under all other filters. One query."""
        assert self.qs is not None  # noqa: S101  # makes `before_last`
        rows = self.before_last.order_by().values_list(self.filters[self.narrowed].field_name)
        return dict(rows.annotate(number=Count("pk")))

    def narrow(self, kept: Collection[str]) -> None:
        """Let the page offer only these values of the narrowed choice."""
        self._offer(self.narrowed, kept)

    def narrow_kept(self) -> None:
        """The same for the choices that know what they keep; each of them is `counted_once`."""
        for name, each in self.filters.items():
            if isinstance(each, Choice) and each.kept is not None:
                self._offer(name, each.kept())

    def _offer(self, name: str, kept: Collection[str]) -> None:
        """These values, and the one that was chosen; all are understood."""
        field: Any = self.form.fields[name]
        offered = {*kept, "", self.form.data.get(name, "")}
        field.widget.choices = list(_within(field.choices, offered))

    @property
    def narrowed(self) -> str:
        """The name of the choice that a page narrows to what there is; empty without one."""
        rows = (name for name, row in self.filters.items() if isinstance(row, Choice) and row.is_narrowed)
        return next(rows, "")


def with_declared(kind: str, own: type[RecordFilters]) -> type[RecordFilters]:
    """Its own, and those that apps above declare for the kind as `record_filters` of their AppConfig."""
    added = {name: each for of, name, each in declared("record_filters") if of == kind}
    return type(own.__name__, (own,), added) if added else own
