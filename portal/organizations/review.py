"""What the secretariat decides about an organization and what it reads; the app declares it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.countries import COUNTRIES
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
            "The secretariat could not verify %(organization)s. You can change the profile and send it again."
        ),
    ),
)


def facts_of(organization: Organization, language: str) -> tuple[Fact, ...]:
    """Who an organization is and who acts for it, also beside what it has written. Two queries."""
    members = organization.memberships.select_related("user").order_by("pk")
    people = ", ".join(f"{row.user} ({row.get_role_display()})" for row in members)
    types = organization_type_names(language)
    acronym = f" ({organization.acronym})" if organization.acronym else ""
    return (
        Fact(_("Organization"), f"{organization.name}{acronym}"),
        Fact(_("State"), STATES.label(organization.state)),
        Fact(_("Type"), types.get(organization.type_code, organization.type_code)),
        Fact(_("Country"), COUNTRIES.get(organization.country, "")),
        Fact(_("Language"), organization.get_language_display()),
        Fact(_("Website"), organization.website, organization.website),
        Fact(_("Members"), people),
    )


def _content(organization: Organization) -> Content:
    """The profile cannot change while it waits: what is stored is what was sent."""
    return {
        "title": organization.name,
        "language": organization.language,
        "description": organization.description,
        "evidence": organization.evidence,
    }


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
