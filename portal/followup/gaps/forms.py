"""What a reader narrows gaps to, in a form; pages and the API take the same values."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_choices
from portal.common.filtering import ListFilters
from portal.consultations.page_queries import consultations
from portal.followup.gaps.asked import ACTION, CONSULTATION, COUNTRY, MECHANISM, TYPE, Asked
from portal.followup.gaps.paths import PLEDGES
from portal.networks.enums import NetworkKind
from portal.networks.models import Network
from portal.networks.queries import network_choices
from portal.plan.enums import NodeKind
from portal.plan.queries import nodes
from portal.taxonomy.queries import organization_type_names

Choices = list[tuple[str, str]]


class GapFilters(ListFilters):
    """Each gap has some of them."""

    country = forms.ChoiceField(label=_("Country"))
    type = forms.ChoiceField(label=_("Type of organization"))
    action = forms.ChoiceField(label=_("Part of the plan"))
    consultation = forms.ChoiceField(label=_("Consultation"))
    mechanism = forms.ChoiceField(label=_("Mechanism"))

    def __init__(self, query: Mapping[str, str], *, names: Collection[str], language: str) -> None:
        """`names` are the filters to make. A query for each but the country, two for consultations."""
        super().__init__(query)
        for name in {*self.fields} - {*names}:
            del self.fields[name]
        for name in self.fields:
            self.offer(name, _OFFERED[name](language))
        if ACTION in self.fields:
            self._narrow(self.fields[ACTION])

    @property
    def asked(self) -> Asked:
        return Asked(**self.chosen)

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
    return network_choices(language, NetworkKind.MECHANISM)


_OFFERED = {
    COUNTRY: _countries,
    TYPE: _types,
    ACTION: _actions,
    CONSULTATION: _consultations,
    MECHANISM: _mechanisms,
}


class OverlapFilters(ListFilters):
    """Two mechanisms, and whether their actions or their pledges are listed."""

    one = forms.ChoiceField(label=_("Mechanism"))
    other = forms.ChoiceField(label=_("Other mechanism"))
    kind = forms.ChoiceField(
        label=_("What is listed"),
        choices=[("", _("Actions of the plan")), (PLEDGES, _("Pledges"))],
    )

    def __init__(self, query: Mapping[str, str], networks: Iterable[Network], language: str) -> None:
        super().__init__(query)
        named = [(row.slug, row.name(language)) for row in networks]
        for name in ("one", "other"):
            self.offer(name, named, every=_("Any"))
