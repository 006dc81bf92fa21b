"""The forms of an organization that the secretariat lists; its desk views call them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.common.choices import country_choices, language_choices
from portal.common.forms import LineField, LinesField
from portal.common.languages import DEFAULT
from portal.organizations.directory import distinct
from portal.organizations.listing import ListedFields
from portal.taxonomy.queries import organization_type_names


class NameForm(forms.Form):
    """Words of a name that is looked for."""

    q = LineField(label=_("Name"), required=False, max_length=200, widget=forms.TextInput)


class ListedForm(forms.Form):
    """What `import_organizations` reads of a row, and what the organization does."""

    name = LineField(
        label=_("Name of the organization"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organization.")},
    )
    acronym = LineField(label=_("Short name"), max_length=30, required=False)
    aliases = LinesField(
        label=_("Other names"),
        required=False,
        help_text=_("One a line, such as its name in another language. Search knows these names too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    type_code = forms.ChoiceField(
        label=_("Kind of organization"), error_messages={"required": _("Choose the kind of organization.")}
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=country_choices,
        required=False,
        help_text=_("Choose none for a regional body."),
    )
    language = forms.ChoiceField(label=_("Language of its name and description"), choices=language_choices)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"invalid": _("Write the whole address, such as https://example.org.")},
    )
    description = LinesField(
        label=_("What it does"),
        required=False,
        help_text=_("Two or three sentences that everybody can read."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, fields: ListedFields | None = None) -> None:
        language = get_language() or DEFAULT
        initial = {"language": language} if fields is None else {**fields.stored}
        super().__init__(data, initial=initial | {"aliases": "\n".join(fields.aliases if fields else ())})
        kinds: Any = self.fields["type_code"]
        kinds.choices = [("", _("Choose a kind")), *organization_type_names(language).items()]
        for name in ("name", "description"):
            self.fields[name].widget.attrs["lang"] = str(self["language"].value() or language)

    def clean_website(self) -> str:
        return one_line(self.cleaned_data["website"])

    def given(self) -> ListedFields:
        """What a valid form says."""
        values = self.cleaned_data
        lines = [one_line(line) for line in values["aliases"].splitlines()]
        return ListedFields(**values | {"aliases": distinct(lines, values["name"])})
