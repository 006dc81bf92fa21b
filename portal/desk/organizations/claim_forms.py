"""The form in which somebody claims a listed organization; its desk views call it."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.common.languages import DEFAULT
from portal.desk.organizations.forms import ProfileForm
from portal.organizations.claims import CLAIMED, lacking
from portal.organizations.domain import OrganizationFields
from portal.organizations.models import Organization
from portal.taxonomy.queries import organization_type_names


class ClaimForm(ProfileForm):
    """The profile as it is listed, to be corrected; each field of its identity says what the list says.

    `before` is what the person said in an earlier claim.
    """

    def __init__(
        self, data: Any = None, *, organization: Organization, before: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, organization=organization)
        self.listed = organization
        for name in set(self.fields) - set(CLAIMED):
            del self.fields[name]
        self.initial.update({"evidence": "", **(before or {})})
        evidence = self.fields["evidence"]
        evidence.label = _("How can the secretariat check that you speak for it?")
        evidence.help_text = _(
            "Your function there, an e-mail address of its own, a letter, a person who can vouch for you. "
            "Only the secretariat reads this."
        )
        types = organization_type_names(get_language() or DEFAULT)
        said = {
            "name": organization.name,
            "type_code": types.get(organization.type_code, ""),
            "country": country_name(organization.country),
        }
        for name, value in said.items():
            if value:
                self.fields[name].help_text = _("Listed as: %(value)s") % {"value": value}

    def given(self) -> OrganizationFields:
        return OrganizationFields(**{name: self.cleaned_data.get(name, "") for name in self.fields})

    def complete(self, *, is_shown: bool = False) -> None:
        """Add what is missing for the decision, at the fields."""
        told = set(self.errors)
        for problem in lacking(self.listed, self.given()):
            if problem.field not in told:
                self.add_error(problem.field, str(problem.message))
