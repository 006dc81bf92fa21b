"""What the secretariat decides about an organization and a claim to one, and what it reads."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.common.countries import COUNTRIES, country_name
from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.reviews import Alike, Content, DecisionType, Fact, Field, ReviewType
from portal.organizations import claims, domain, rules
from portal.organizations.enums import OrganizationState
from portal.organizations.grounds import GROUNDS, WORDS
from portal.organizations.lookalikes.queries import lookalikes_of
from portal.organizations.lookalikes.words import in_words
from portal.organizations.models import Appeal, Organization, OrganizationClaim
from portal.organizations.states import APPEAL_STATES, CLAIM_STATES, STATES
from portal.organizations.verifying import appeals, standing
from portal.taxonomy.queries import organization_type_names


def _declined(verb: Callable[..., object], **more: Any) -> DecisionType:
    return DecisionType(
        code="declined",
        grounds=GROUNDS,
        label=gettext_lazy("Declined with a reason"),
        button=gettext_lazy("Decline with this reason"),
        heading=gettext_lazy("Decline it"),
        needs_reason=True,
        verb=verb,
        **more,
    )


DECISIONS = (
    DecisionType(
        code="first_yes",
        label=gettext_lazy("First yes of two"),
        button=gettext_lazy("Give the first yes of two"),
        states=rules.FOR_TWO,
        verb=domain.give_first_yes,
        fits=lambda actor, row: rules.takes_first_yes(row),
    ),
    DecisionType(
        code="verified",
        label=gettext_lazy("Verified"),
        button=gettext_lazy("Verify"),
        fits=rules.may_say_yes,
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
        fits=rules.may_refuse,
        verb=domain.request_information,
        mail_subject=gettext_lazy("We have a question about your organization"),
        mail_text=gettext_lazy("The secretariat needs to know more before it can verify %(organization)s."),
    ),
    _declined(
        domain.decline_organization,
        fits=rules.may_refuse,
        mail_subject=gettext_lazy("Your organization could not be verified"),
        mail_text=gettext_lazy(
            "The secretariat could not verify %(organization)s. You can change the profile and "
            "submit it again, or appeal once: somebody else decides then."
        ),
    ),
    DecisionType(
        code="suspended",
        label=gettext_lazy("Suspended with a reason"),
        button=gettext_lazy("Suspend it with this reason"),
        heading=gettext_lazy("Suspend the organization"),
        needs_reason=True,
        states=frozenset({OrganizationState.VERIFIED, OrganizationState.LAPSED}),
        verb=standing.suspend_organization,
        mail_subject=gettext_lazy("Your organization is suspended"),
        mail_text=gettext_lazy(
            "The secretariat has suspended %(organization)s. Nothing can be submitted in its name; you can "
            "read everything and go on with drafts. Its public page stays, with a mark."
        ),
    ),
    DecisionType(
        code="reinstated",
        label=gettext_lazy("Reinstated"),
        button=gettext_lazy("End the suspension"),
        states=frozenset({OrganizationState.SUSPENDED}),
        fits=rules.may_say_yes,
        verb=standing.reinstate_organization,
        mail_subject=gettext_lazy("Your organization is verified again"),
        mail_text=gettext_lazy(
            "The secretariat has ended the suspension of %(organization)s. You can submit again."
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


def _alike(organization: Organization) -> tuple[Alike, ...]:
    """One query."""
    return tuple(
        Alike(
            kind=domain.KIND,
            key=row.organization.key,
            title=row.called.name,
            language=row.organization.language,
            state_label=STATES.label(row.organization.state),
            why=in_words(row.signals),
        )
        for row in lookalikes_of(organization)
    )


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
    alike=_alike,
    joined=(),
    title_field="name",
    organization_field="name",
    organization_of=lambda organization: organization,
    author_of=lambda organization: None,
)


def _type_name(code: str) -> str:
    """One query; asked for twice on one page."""
    return organization_type_names(get_language() or DEFAULT).get(code, code)


def _country_name(code: str) -> str:
    return str(country_name(code)) if code else ""


def _compared(claim: OrganizationClaim) -> tuple[Content, Content]:
    """What the list says now, or said when it was decided or claimed by somebody else."""
    is_open = claim.state in CLAIM_STATES.waiting and claim.organization.state == OrganizationState.LISTED
    return claim.organization.profile if is_open else claim.listed, claim.profile


CLAIM = ReviewType(
    kind="organization_claim",
    label=gettext_lazy("Claim of a listed organization"),
    model=OrganizationClaim,
    states=CLAIM_STATES,
    decisions=(
        DecisionType(
            code="first_yes",
            label=gettext_lazy("First yes of two"),
            button=gettext_lazy("Give the first yes of two"),
            verb=claims.give_first_yes,
            fits=lambda actor, row: rules.claim_takes_first_yes(row),
        ),
        DecisionType(
            code="accepted",
            fits=rules.may_say_yes,
            label=gettext_lazy("Accepted"),
            button=gettext_lazy("Accept: the organization is theirs"),
            verb=claims.accept_claim,
            mail_subject=gettext_lazy("Your claim was accepted"),
            mail_text=gettext_lazy(
                "The secretariat has accepted your claim. You speak for %(organization)s now: you can write, "
                "submit and change its profile."
            ),
        ),
        _declined(
            claims.decline_claim,
            mail_subject=gettext_lazy("Your claim could not be accepted"),
            mail_text=gettext_lazy(
                "The secretariat could not accept that you speak for %(organization)s. You can claim it "
                "again."
            ),
        ),
    ),
    fields=(
        Field("name", gettext_lazy("Name"), is_heading=True),
        Field("acronym", gettext_lazy("Short name")),
        Field("type_code", gettext_lazy("Type"), words=_type_name),
        Field("country", gettext_lazy("Country"), words=_country_name),
        Field("language", gettext_lazy("Language"), words=lambda code: LANGUAGE_NAMES.get(code, "")),
        Field("website", gettext_lazy("Website")),
        Field("description", gettext_lazy("What it does"), is_text=True),
        Field("evidence", gettext_lazy("How the secretariat can verify it"), is_text=True),
    ),
    may_review=rules.may_review_claim,
    content=lambda claim: {"title": claim.profile["name"], **claim.profile},
    joined=("organization", "claimant"),
    title_field="organization__name",
    organization_of=lambda claim: claim.organization,
    author_of=lambda claim: claim.claimant,
    compared=_compared,
)


def _appealed(row: Appeal) -> Content:
    return {
        "title": row.organization.submitted_profile.get("name") or row.organization.name,
        "language": row.language,
        "text": row.text,
        "ground": row.ground,
        "declined_reason": row.declined_reason,
        "declined_by": str(row.declined_by or ""),
        **{name: row.organization.submitted_profile.get(name, "") for name in ("description", "evidence")},
    }


APPEAL = ReviewType(
    kind="organization_appeal",
    label=gettext_lazy("Appeal of an organization"),
    model=Appeal,
    states=APPEAL_STATES,
    decisions=(
        DecisionType(
            code="granted",
            label=gettext_lazy("Appeal granted"),
            button=gettext_lazy("Grant it: the organization is verified"),
            heading=gettext_lazy("Grant the appeal"),
            needs_reason=True,
            verb=appeals.grant_appeal,
            mail_subject=gettext_lazy("Your appeal was granted"),
            mail_text=gettext_lazy(
                "Somebody else of the secretariat has read your appeal and granted it: see where "
                "%(organization)s stands at your desk."
            ),
        ),
        DecisionType(
            code="dismissed",
            label=gettext_lazy("Appeal dismissed"),
            button=gettext_lazy("Dismiss it with this reason"),
            heading=gettext_lazy("Dismiss the appeal"),
            needs_reason=True,
            verb=appeals.dismiss_appeal,
            mail_subject=gettext_lazy("Your appeal was dismissed"),
            mail_text=gettext_lazy(
                "Somebody else of the secretariat has read your appeal. The refusal stands. You can correct "
                "the profile of %(organization)s and submit it again."
            ),
        ),
    ),
    fields=(
        Field("ground", gettext_lazy("Declined because"), words=lambda code: WORDS.get(code, "")),
        Field("declined_by", gettext_lazy("Declined by")),
        Field("text", gettext_lazy("What the organization says"), is_text=True),
        Field("declined_reason", gettext_lazy("What the secretariat had written"), is_text=True),
        Field("description", gettext_lazy("What it does"), is_text=True),
        Field("evidence", gettext_lazy("How the secretariat can verify it"), is_text=True),
    ),
    may_review=rules.may_review_appeal,
    why_not=lambda actor, row: (
        gettext_lazy("You declined it, so somebody else has to decide.")
        if actor.user_id == row.declined_by_id
        else ""
    ),
    content=_appealed,
    joined=("organization", "author", "declined_by"),
    title_field="organization__name",
)
