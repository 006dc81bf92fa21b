"""What the secretariat decides about an organization and what it reads; the app declares it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.countries import COUNTRIES
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.reviews import Content, DecisionType, Fact, Field, ReviewType
from portal.organizations import domain, rules
from portal.organizations.models import Organization
from portal.organizations.states import STATES
from portal.taxonomy.queries import organization_type_names

DECISIONS = (
    DecisionType(
        code="verified",
        label=gettext_lazy("Verified"),
        button=gettext_lazy("Verify"),
        verb=domain.verify_organization,
        mail_subject=gettext_lazy("Your organization is verified"),
        mail_text=gettext_lazy(
            "The secretariat has verified %(organization)s. You can submit interventions and pledges now."
        ),
    ),
    DecisionType(
        code="info_requested",
        label=gettext_lazy("More information asked for"),
        button=gettext_lazy("Ask for this information"),
        heading=gettext_lazy("Ask for more information"),
        needs_reason=True,
        verb=domain.request_information,
        mail_subject=gettext_lazy("We have a question about your organization"),
        mail_text=gettext_lazy("The secretariat needs to know more before it can verify %(organization)s."),
    ),
    DecisionType(
        code="declined",
        label=gettext_lazy("Declined with a reason"),
        button=gettext_lazy("Decline with this reason"),
        heading=gettext_lazy("Decline it"),
        needs_reason=True,
        verb=domain.decline_organization,
        mail_subject=gettext_lazy("Your organization could not be verified"),
        mail_text=gettext_lazy(
            "The secretariat could not verify %(organization)s. You can change the profile and "
            "submit it again."
        ),
    ),
)


def facts_of(organization: Organization, language: str) -> tuple[Fact, ...]:
    """Who an organization is, by the profile it submitted, and who acts for it. Two queries."""
    members = organization.memberships.select_related("user").order_by("pk")
    people = ", ".join(f"{row.user} ({row.get_role_display()})" for row in members)
    types = organization_type_names(language)
    said: dict[str, str] = organization.submitted_profile
    acronym = f" ({said['acronym']})" if said.get("acronym") else ""
    kind, website = said.get("type_code", ""), said.get("website", "")
    return (
        Fact(_("Organization"), f"{said.get('name', '')}{acronym}"),
        Fact(_("State"), STATES.label(organization.state)),
        Fact(_("Type"), types.get(kind, kind)),
        Fact(_("Country"), COUNTRIES.get(said.get("country", ""), "")),
        Fact(_("Language"), LANGUAGE_NAMES.get(said.get("language", ""), "")),
        Fact(_("Website"), website, website),
        Fact(_("Members"), people),
    )


def _content(organization: Organization) -> Content | None:
    """The profile as it was submitted, never what its members are changing."""
    said = organization.submitted_profile
    return {"title": said["name"], **said} if said else None


ORGANIZATION = ReviewType(
    kind="organization",
    label=gettext_lazy("Organization"),
    model=Organization,
    states=STATES,
    decisions=DECISIONS,
    fields=(
        Field("description", gettext_lazy("What it does"), is_text=True),
        Field("evidence", gettext_lazy("How the secretariat can verify it"), is_text=True),
    ),
    may_review=rules.may_review,
    content=_content,
    joined=(),
    title_field="name",
    organization_field="name",
    organization_of=lambda organization: organization,
    author_of=lambda organization: None,
)
