"""What a reader narrows gaps to, in a form; pages and the API take the same values."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.choices import country_choices
from portal.common.filtering import NO_CHOICE
from portal.consultations.page_queries import consultations
from portal.followup.gaps.asked import ACTION, CONSULTATION, COUNTRY, MECHANISM, TYPE, Asked
from portal.followup.gaps.paths import PLEDGES
from portal.networks.enums import NetworkKind
from portal.networks.models import Network
from portal.plan.enums import NodeKind
from portal.plan.queries import nodes
from portal.taxonomy.queries import organization_type_names

Choices = list[tuple[str, str]]


class GapFilters(forms.Form):
    """A value that is not offered is said at its field, and nothing passes."""

    country = forms.ChoiceField(label=_("Country"), required=False, error_messages=NO_CHOICE)
    type = forms.ChoiceField(label=_("Type of organization"), required=False, error_messages=NO_CHOICE)
    action = forms.ChoiceField(label=_("Part of the plan"), required=False, error_messages=NO_CHOICE)
    consultation = forms.ChoiceField(label=_("Consultation"), required=False, error_messages=NO_CHOICE)
    mechanism = forms.ChoiceField(label=_("Mechanism"), required=False, error_messages=NO_CHOICE)

    def __init__(self, query: Mapping[str, str], *, names: Collection[str], language: str) -> None:
        """`names` are the filters to make. A query for each but the country, two for consultations."""
        super().__init__(query)
        for name in {*self.fields} - {*names}:
            del self.fields[name]
        fields: dict[str, Any] = self.fields
        for name in self.fields:
            fields[name].choices = [("", pgettext_lazy("filter", "All")), *_OFFERED[name](language)]
        if ACTION in fields:
            self._narrow(fields[ACTION])

    @property
    def asked(self) -> Asked:
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})

    def _narrow(self, field: Any) -> None:
        """Single actions are understood, and offered where one was chosen: links ask for them."""
        offered = {"", self.data.get(ACTION, ""), *_upper()}
        field.widget.choices = [row for row in field.choices if row[0] in offered]


def _countries(language: str) -> Choices:
    return country_choices()[1:]


def _types(language: str) -> Choices:
    return list(organization_type_names(language).items())


def _actions(language: str) -> Choices:
    return [(node.key, node.named(language)) for node in nodes().filter(framework__in_force=True)]


def _upper() -> set[str]:
    """Axes and the like of the plan in force. One query."""
    rows = nodes().filter(framework__in_force=True).exclude(kind=NodeKind.ACTION)
    return set(rows.order_by().values_list("key", flat=True))


def _consultations(language: str) -> Choices:
    return [(page.url.rstrip("/").rsplit("/", 1)[-1], page.title) for page in consultations(language)]


def _mechanisms(language: str) -> Choices:
    rows = Network.objects.filter(is_public=True, kind=NetworkKind.MECHANISM).order_by("slug")
    return [(row.slug, row.name(language)) for row in rows]


_OFFERED = {
    COUNTRY: _countries,
    TYPE: _types,
    ACTION: _actions,
    CONSULTATION: _consultations,
    MECHANISM: _mechanisms,
}


class OverlapFilters(forms.Form):
    """Two mechanisms, and whether their actions or their pledges are listed."""

    one = forms.ChoiceField(label=_("Mechanism"), required=False, error_messages=NO_CHOICE)
    other = forms.ChoiceField(label=_("Other mechanism"), required=False, error_messages=NO_CHOICE)
    kind = forms.ChoiceField(
        label=_("What is listed"),
        choices=[("", _("Actions of the plan")), (PLEDGES, _("Pledges"))],
        required=False,
        error_messages=NO_CHOICE,
    )

    def __init__(self, query: Mapping[str, str], networks: Iterable[Network], language: str) -> None:
        super().__init__(query)
        named = [(row.slug, row.name(language)) for row in networks]
        fields: dict[str, Any] = self.fields
        for name in ("one", "other"):
            fields[name].choices = [("", _("Any")), *named]

    @property
    def asked(self) -> dict[str, str]:
        """The values that filter, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
