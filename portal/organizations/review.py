"""What the secretariat decides about an organization and a claim to one, and what it reads."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from portal.common.actors import Actor
from portal.common.reviews import Alike, Content, DecisionType, Field, ReviewType
from portal.organizations import claims, deciding, domain, rules
from portal.organizations.decisions import DECISIONS, first_yes, with_reason
from portal.organizations.enums import OrganizationState
from portal.organizations.grounds import OF_CLAIMS, WORDS
from portal.organizations.lookalikes.queries import lookalikes_of
from portal.organizations.lookalikes.words import in_words
from portal.organizations.models import Appeal, Organization, OrganizationClaim, ProfileChange
from portal.organizations.profile_fields import NAMES
from portal.organizations.review_words import (
    changed,
    compared_change,
    compared_claim,
    facts_of,
    fields_of,
    submitted,
)
from portal.organizations.states import (
    APPEAL_STATES,
    CHANGE_STATES,
    CLAIM_STATES,
    STATES,
)
from portal.organizations.verifying import appeals

__all__ = ["APPEAL", "CHANGE", "CLAIM", "ORGANIZATION", "facts_of"]


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
    fields=fields_of({"description", "evidence"}),
    may_review=rules.may_review,
    content=submitted,
    alike=_alike,
    joined=(),
    title_field="name",
    organization_field="name",
    organization_of=lambda organization: organization,
    desk_page=lambda organization: f"organizations/{organization.key}/",
    decided_too=lambda organization: [
        ("organization_appeal", key) for key in organization.appeals.values_list("key", flat=True)
    ],
    author_of=lambda organization: None,
    why_not=lambda actor, organization: (
        gettext_lazy("Only a protection focal point can decide.")
        if organization.is_protected and not rules.is_focal_point(actor)
        else ""
    ),
)


def _closed_to(actor: Actor) -> QuerySet[Organization]:
    """What was written of a protected organization is read by who decides about it alone."""
    protected = Organization.objects.filter(is_protected=True)
    return protected.none() if rules.is_focal_point(actor) else protected


def _compared(claim: OrganizationClaim) -> tuple[Content, Content]:
    is_open = claim.state in CLAIM_STATES.waiting and claim.organization.state == OrganizationState.LISTED
    return compared_claim(claim, is_open=is_open)


CLAIM = ReviewType(
    kind="organization_claim",
    label=gettext_lazy("Claim of a listed organization"),
    model=OrganizationClaim,
    states=CLAIM_STATES,
    decisions=(
        first_yes(claims.give_first_yes),
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
        with_reason(
            "declined",
            claims.decline_claim,
            grounds=OF_CLAIMS,
            mail_subject=gettext_lazy("Your claim could not be accepted"),
            mail_text=gettext_lazy(
                "The secretariat could not accept that you speak for %(organization)s. You can claim it "
                "again."
            ),
        ),
    ),
    fields=fields_of(claims.CLAIMED),
    may_review=rules.may_review_claim,
    content=lambda claim: {"title": claim.profile["name"], **claim.profile},
    joined=("organization", "claimant"),
    title_field="organization__name",
    organization_of=lambda claim: claim.organization,
    author_of=lambda claim: claim.claimant,
    desk_page=lambda claim: f"organizations/claims/{claim.key}/",
    is_of_members=False,
    compared=_compared,
    closed_to=lambda actor: OrganizationClaim.objects.filter(organization__in=_closed_to(actor)),
)


CHANGE = ReviewType(
    kind="organization_change",
    label=gettext_lazy("Change of an organization"),
    model=ProfileChange,
    states=CHANGE_STATES,
    decisions=(
        first_yes(deciding.give_first_yes),
        DecisionType(
            code="accepted",
            fits=rules.may_say_yes,
            label=gettext_lazy("Accepted"),
            button=gettext_lazy("Accept: readers see it"),
            verb=deciding.accept_change,
            mail_subject=gettext_lazy("The change of your organization was accepted"),
            mail_text=gettext_lazy(
                "The secretariat has accepted the change of %(organization)s. Everybody can see it now."
            ),
        ),
        with_reason(
            "declined",
            deciding.decline_change,
            mail_subject=gettext_lazy("The change of your organization could not be accepted"),
            mail_text=gettext_lazy(
                "The secretariat could not accept the change of %(organization)s. Its page stays as it is; "
                "you can change the profile and submit it again."
            ),
        ),
    ),
    fields=fields_of(NAMES),
    may_review=rules.may_review_change,
    content=changed,
    desk_page=lambda change: f"organizations/{change.organization.key}/",
    joined=("organization", "author", "logo", "first_yes_by"),
    title_field="organization__name",
    author_of=lambda change: None,
    why_not=lambda actor, change: (
        gettext_lazy("You wrote this, so somebody else has to decide.")
        if actor.user_id is not None and actor.user_id == change.author_id
        else ""
    ),
    compared=compared_change,
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
        with_reason(
            "granted",
            appeals.grant_appeal,
            label=gettext_lazy("Appeal granted"),
            button=gettext_lazy("Grant it: the organization is verified"),
            heading=gettext_lazy("Grant the appeal"),
            mail_subject=gettext_lazy("Your appeal was granted"),
            mail_text=gettext_lazy(
                "Somebody else of the secretariat has read your appeal and granted it. Where "
                "%(organization)s stands now: %(state)s."
            ),
        ),
        with_reason(
            "dismissed",
            appeals.dismiss_appeal,
            label=gettext_lazy("Appeal dismissed"),
            button=gettext_lazy("Dismiss it with this reason"),
            heading=gettext_lazy("Dismiss the appeal"),
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
        *fields_of({"description", "evidence"}),
    ),
    may_review=rules.may_review_appeal,
    why_not=lambda actor, row: (
        gettext_lazy("You declined it, so somebody else has to decide.")
        if actor.user_id == row.declined_by_id
        else ""
    ),
    content=_appealed,
    desk_page=lambda row: f"organizations/{row.organization.key}/",
    joined=("organization", "author", "declined_by"),
    title_field="organization__name",
    closed_to=lambda actor: Appeal.objects.filter(organization__in=_closed_to(actor)),
)
