"""The forms of a network and of a member; desk views call them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines, one_line
from portal.common.forms import TOO_LONG, DayField, LineField, TypedField
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.networks.domain import MemberFields, NetworkFields
from portal.networks.enums import NetworkKind, NetworkRole
from portal.networks.models import WORDS, Network, NetworkMembership
from portal.networks.queries import called_in_form
from portal.organizations.models import Organization
from portal.organizations.public_bodies import organization_meant
from portal.plan.queries import exists, is_framework

WORDS_LABELS = {
    "about": _("What it is, in %(language)s"),
    "cadence": _("How often it meets, in %(language)s"),
    "duties": _("What it asks its members to report, in %(language)s"),
    "joining": _("How one joins it, in %(language)s"),
}


SLUG_TOLD = {"invalid": _("Write small letters, digits and hyphens only."), "max_length": TOO_LONG}


class NodesField(TypedField):
    """Keys of plan nodes, in a line; each must be one that there is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=2000, **options)

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        return tuple(dict.fromkeys(str(value or "").replace(";", " ").replace(",", " ").split()))

    def validate(self, value: Any) -> None:
        known = exists(value)
        if unknown := [key for key in value if key not in known]:
            raise forms.ValidationError(_("No plan has a part “%(key)s”.") % {"key": unknown[0]})

    def run_validators(self, value: Any) -> None:
        """The length is that of what was typed."""
        super().run_validators(" ".join(value))


def words_field(name: str, language: str) -> TypedField:
    label = WORDS_LABELS[name] % {"language": LANGUAGE_NAMES[language]}
    widget = forms.Textarea(attrs={"rows": 2, "lang": language})
    return TypedField(label=label, max_length=1000, required=False, widget=widget)


# Of the name in each language: what the field is called, and what it says where it is empty.
_NAMES = {
    "es": (_("Name in Spanish"), _("Enter the name in Spanish.")),
    "en": (_("Name in English"), _("Enter the name in English.")),
    "pt": (_("Name in Portuguese"), _("Enter the name in Portuguese.")),
    "fr": (_("Name in French"), _("Enter the name in French.")),
}


def _name(language: str) -> LineField:
    return LineField(
        label=_NAMES[language][0],
        max_length=200,
        widget=forms.TextInput(attrs={"lang": language}),
        error_messages={"required": _NAMES[language][1]},
    )


class NetworkForm(forms.Form):
    """A name in each language; `slug` is asked for only while it is new."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=NetworkKind.choices,
        required=False,
        initial=NetworkKind.NETWORK.value,
        help_text=_("Mechanisms have a list of their own."),
    )
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
        error_messages=SLUG_TOLD,
    )
    themes = NodesField(
        label=_("Parts of plans it works on"),
        help_text=_("Their keys, such as chile-2024:1.1, with a space between them."),
    )
    framework = forms.SlugField(
        label=_("Framework of its own"),
        max_length=30,
        required=False,
        help_text=_("Where what it recommends itself is a framework here, such as quito."),
        error_messages=SLUG_TOLD,
    )
    checked_on = DayField(
        label=_("Facts checked on"), hint=_("Empty: readers are told that nobody has checked them.")
    )
    source = LineField(label=_("Source"), max_length=300, required=False)
    is_public = forms.BooleanField(label=_("Everybody can see this network"), required=False)

    def __init__(self, data: Any = None, *, network: Network | None = None) -> None:
        super().__init__(data, initial=_initial_of(network) if network else None)
        for code in CODES:
            self.fields[f"name_{code}"] = _name(code)
        for name in WORDS:
            self.fields |= {f"{name}_{code}": words_field(name, code) for code in CODES}
        words = [f"{name}_{code}" for name in WORDS for code in CODES]
        last = ("themes", "framework", "checked_on", "source", "is_public")
        self.order_fields(
            ["kind", *(f"name_{code}" for code in CODES), "acronym", "website", "slug", *words, *last]
        )
        if network is not None:
            del self.fields["slug"]

    def clean_website(self) -> str:
        return one_line(self.cleaned_data["website"])

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def clean_kind(self) -> str:
        return str(self.cleaned_data["kind"] or NetworkKind.NETWORK.value)

    def clean_framework(self) -> str:
        slug = str(self.cleaned_data["framework"]).lower()
        if slug and not is_framework(slug):
            raise forms.ValidationError(_("There is no framework at this address."))
        return slug

    def given(self) -> NetworkFields:
        """What a valid form says."""
        typed = dict(self.cleaned_data)
        typed.pop("slug", None)
        words = {
            name: {code: text for code in CODES if (text := many_lines(typed.pop(f"{name}_{code}")))}
            for name in WORDS
        }
        return NetworkFields(**typed, words={name: texts for name, texts in words.items() if texts})


def _initial_of(network: Network) -> dict[str, Any]:
    """What the form shows of a network."""
    names = (*(f"name_{code}" for code in CODES), "acronym", "website", "is_public", "kind")
    names += ("themes", "framework", "checked_on", "source")
    words = {f"{name}_{code}": network.words.get(name, {}).get(code, "") for name in WORDS for code in CODES}
    return {name: getattr(network, name) for name in names} | words


class MemberForm(forms.Form):
    """An organization by its name or number, its role and its days."""

    organization = LineField(
        label=_("Organization"),
        max_length=200,
        help_text=_("Its name, or its number such as O-00007. It must be public."),
        error_messages={"required": _("Name the organization.")},
    )
    role = forms.ChoiceField(label=_("Role in the network"), choices=NetworkRole.choices)
    since = DayField(label=_("First day"), hint=_("Empty where nobody knows."))
    until = DayField(label=_("Last day"), hint=_("Empty while it belongs to the network."))

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
