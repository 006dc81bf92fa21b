"""The forms of a network and of a member; desk views call them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.common.forms import LineField
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.networks.domain import MemberFields, NetworkFields
from portal.networks.enums import NetworkRole
from portal.networks.models import Network, NetworkMembership
from portal.networks.queries import called_in_form
from portal.organizations.models import Organization
from portal.organizations.public_bodies import organization_meant

WRONG_DAY = {"invalid": _("Write a day as 2024-05-31.")}


def _name(language: str) -> LineField:
    return LineField(
        label=LANGUAGE_NAMES[language],
        max_length=200,
        widget=forms.TextInput(attrs={"lang": language}),
        error_messages={"required": _("Enter the name in this language.")},
    )


class NetworkForm(forms.Form):
    """A name in each language; `slug` is asked for only while it is new."""

    acronym = LineField(label=_("Short name"), max_length=30, required=False)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"invalid": _("Write the whole address, such as https://example.org.")},
    )
    slug = forms.SlugField(
        label=_("Last part of its address"),
        max_length=80,
        required=False,
        help_text=_("Small letters, digits and hyphens. Empty: made from the English name. It stays."),
        error_messages={"invalid": _("Write small letters, digits and hyphens only.")},
    )
    is_public = forms.BooleanField(label=_("Everybody can see this network"), required=False)

    def __init__(self, data: Any = None, *, network: Network | None = None) -> None:
        names = (*(f"name_{code}" for code in CODES), "acronym", "website", "is_public")
        super().__init__(data, initial={name: getattr(network, name) for name in names} if network else None)
        for code in CODES:
            self.fields[f"name_{code}"] = _name(code)
        self.order_fields([f"name_{code}" for code in CODES])
        if network is not None:
            del self.fields["slug"]

    def clean_website(self) -> str:
        return one_line(self.cleaned_data["website"])

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def given(self) -> NetworkFields:
        """What a valid form says."""
        return NetworkFields(**{name: value for name, value in self.cleaned_data.items() if name != "slug"})


class MemberForm(forms.Form):
    """An organization by its name or number, its role and its days."""

    organization = LineField(
        label=_("Organization"),
        max_length=200,
        help_text=_("Its name, or its number such as O-00007. It must be public."),
        error_messages={"required": _("Name the organization.")},
    )
    role = forms.ChoiceField(label=_("Role in the network"), choices=NetworkRole.choices)
    since = forms.DateField(
        label=_("First day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2024-05-31"}),
        help_text=_("Empty where nobody knows."),
        error_messages=WRONG_DAY,
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2024-05-31"}),
        help_text=_("Empty while it belongs to the network."),
        error_messages=WRONG_DAY,
    )

    def __init__(self, data: Any = None, *, member: NetworkMembership | None = None) -> None:
        initial: dict[str, Any] = {"role": NetworkRole.MEMBER.value}
        if member is not None:
            initial = {"role": member.role, "since": member.since, "until": member.until}
            initial["organization"] = called_in_form(member.organization)
        super().__init__(data, initial=initial)

    def clean_organization(self) -> Organization:
        organization, reason = organization_meant(self.cleaned_data["organization"])
        if organization is None:
            raise forms.ValidationError(reason)
        return organization

    def given(self) -> MemberFields:
        """What a valid form says."""
        return MemberFields(**self.cleaned_data)
