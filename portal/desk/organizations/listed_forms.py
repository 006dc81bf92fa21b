"""The forms of an organization that the secretariat lists; its desk views call them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LineField
from portal.common.languages import DEFAULT
from portal.desk.organizations.fields import ProfileFields, initial_of
from portal.organizations.listing import NAMES, ListedFields


class NameForm(forms.Form):
    """Words of a name that is looked for."""

    q = LineField(label=_("Name"), required=False, max_length=200, widget=forms.TextInput)


class ListedForm(ProfileFields):
    """What `import_organizations` reads of a row, and what else the secretariat knows of it."""

    def __init__(self, data: Any = None, *, fields: ListedFields | None = None) -> None:
        stored = fields.stored if fields else {"language": get_language() or DEFAULT}
        super().__init__(data, initial=initial_of(stored))
        self.fields["type_code"].error_messages["required"] = _("Choose the kind of organization.")
        self.fields["language"].label = _("Language of its name and description")
        for name in ("country", "description"):
            self.fields[name].required = False
        self.fields["country"].help_text = _(
            "Of a regional body, choose the last of the list; none where it is not known."
        )
        self.fields["description"].help_text = _("Two or three sentences that everybody can read.")

    def given(self) -> ListedFields:
        """What a valid form says."""
        said = self.said({**dict.fromkeys(NAMES, ""), "names": {}, "countries": [], "alias_years": {}})
        return ListedFields(**said | {"aliases": tuple(said["aliases"])})
