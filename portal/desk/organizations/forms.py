"""The form of an organization's profile; desk views call it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.common.choices import country_choices, language_choices
from portal.common.forms import LineField, LinesField
from portal.common.languages import DEFAULT
from portal.organizations.domain import VERIFIED_FIELDS, OrganizationFields, missing
from portal.organizations.listing import LONGEST_DESCRIPTION
from portal.organizations.models import Organization
from portal.organizations.states import ONCE_VERIFIED
from portal.taxonomy.queries import organization_type_names


class ProfileForm(forms.Form):
    """Saving needs a name only: `saved_fields` is what can be kept, `complete` asks for the rest."""

    name = LineField(
        label=_("Name of the organization"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of the organization.")},
    )
    acronym = LineField(label=_("Short name"), max_length=30, required=False)
    type_code = forms.ChoiceField(label=_("Kind of organization"))
    country = forms.ChoiceField(
        label=_("Country"),
        choices=country_choices,
        help_text=_("Where it is registered or where most of its people are."),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    language = forms.ChoiceField(label=_("Language you mostly write in"), choices=language_choices)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url", "placeholder": "https://"}),
        error_messages={"invalid": _("Write the whole address, such as https://example.org.")},
    )
    description = LinesField(
        label=_("What it does"),
        max_length=LONGEST_DESCRIPTION,
        help_text=_("Two or three sentences. Everybody can read them once the organization is verified."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    evidence = LinesField(
        max_length=LONGEST_DESCRIPTION,
        label=_("How can the secretariat check that it exists?"),
        help_text=_(
            "A register and its number, or statutes. Once the profile is saved you can add files, or ask two "
            "verified organizations to vouch for you; then this may stay empty. Only the secretariat "
            "reads this."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, organization: Organization | None = None) -> None:
        language = get_language() or DEFAULT
        initial = {"language": language} if organization is None else _values(organization)
        super().__init__(data, initial=initial)
        kinds: Any = self.fields["type_code"]
        kinds.choices = [("", _("Choose a kind")), *organization_type_names(language).items()]
        self.fields["description"].widget.attrs["lang"] = str(self["language"].value() or language)
        if organization is not None and organization.state in ONCE_VERIFIED:
            for name in VERIFIED_FIELDS:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Verified. Write to the secretariat to have this changed.")

    def full_clean(self) -> None:
        """The name and what does not fit its column are the only errors of a save."""
        super().full_clean()
        if self.is_bound:
            for name in [name for name in self.errors if name != "name" and not self[name].data]:
                del self.errors[name]
                self.cleaned_data[name] = ""

    def clean_website(self) -> str:
        return one_line(self.cleaned_data["website"])

    def saved_fields(self, before: Organization | None) -> OrganizationFields:
        """What was typed where it fits, what was stored before where it does not."""
        kept = _values(before) if before is not None else {}
        values = {name: self.cleaned_data.get(name, kept.get(name, "")) for name in self.fields}
        return OrganizationFields(**(values | {"language": values["language"] or get_language() or DEFAULT}))

    def complete(self, *, is_shown: bool = False) -> None:
        """Add what is missing for verification, at the fields. `is_shown`: by files or by who vouches."""
        seen = Organization(**{name: self.cleaned_data.get(name, "") for name in self.fields})
        for problem in missing(seen, is_shown=is_shown):
            if problem.field not in self.errors:
                self.add_error(problem.field, str(problem.message))


def _values(organization: Organization) -> dict[str, str]:
    return {name: str(getattr(organization, name)) for name in ProfileForm.base_fields}
