"""What moderators decide about an organization, and how decisions of every kind about it are declared."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy

from portal.common.reviews import DecisionType
from portal.organizations import domain, refugee_led, rules
from portal.organizations.enums import OrganizationState
from portal.organizations.grounds import GROUNDS
from portal.organizations.states import ONCE_VERIFIED, STATES
from portal.organizations.verifying import standing


def with_reason(code: str, verb: Callable[..., object], **more: Any) -> DecisionType:
    """Needs a reason, in any language; it declines where `more` has no other words."""
    words: dict[str, Any] = {
        "label": gettext_lazy("Declined with a reason"),
        "button": gettext_lazy("Decline with this reason"),
        "heading": gettext_lazy("Decline it"),
        "in_its_language": False,
    }
    return DecisionType(code=code, verb=verb, needs_reason=True, **words | more)


def first_yes(verb: Callable[..., object], **more: Any) -> DecisionType:
    return DecisionType(
        code="first_yes",
        label=gettext_lazy("First yes of two"),
        button=gettext_lazy("Give the first yes of two"),
        verb=verb,
        fits=rules.may_give_first_yes,
        **more,
    )


DECISIONS = (
    first_yes(domain.give_first_yes, states=rules.FOR_TWO),
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
    with_reason(
        "info_requested",
        domain.request_information,
        label=gettext_lazy("More information asked for"),
        button=gettext_lazy("Ask for this information"),
        heading=gettext_lazy("Ask for more information"),
        comes_back=True,
        fits=rules.may_refuse,
        mail_subject=gettext_lazy("We have a question about your organization"),
        mail_text=gettext_lazy("The secretariat needs to know more before it can verify %(organization)s."),
    ),
    with_reason(
        "declined",
        domain.decline_organization,
        grounds=GROUNDS,
        fits=rules.may_refuse,
        mail_subject=gettext_lazy("Your organization could not be verified"),
        mail_text=gettext_lazy(
            "The secretariat could not verify %(organization)s. You can change the profile and "
            "submit it again, or appeal once: somebody else decides then."
        ),
    ),
    with_reason(
        "suspended",
        standing.suspend_organization,
        label=gettext_lazy("Suspended with a reason"),
        button=gettext_lazy("Suspend it with this reason"),
        heading=gettext_lazy("Suspend the organization"),
        states=frozenset({OrganizationState.VERIFIED, OrganizationState.LAPSED}),
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
    DecisionType(
        code="refugee_led",
        label=gettext_lazy("Confirmed as led by refugees"),
        button=gettext_lazy("Confirm that it is led by refugees"),
        states=STATES.waiting | ONCE_VERIFIED,
        fits=rules.can_confirm_refugee_led,
        verb=refugee_led.confirm_refugee_led,
        mail_subject=gettext_lazy("Confirmed: your organization is led by refugees"),
        mail_text=gettext_lazy(
            "The secretariat has confirmed that %(organization)s is led by refugees, as it says. Readers see "
            "it where its page is public."
        ),
    ),
    with_reason(
        "not_refugee_led",
        refugee_led.unconfirm_refugee_led,
        label=gettext_lazy("Not confirmed as led by refugees"),
        button=gettext_lazy("Take the confirmation back with this reason"),
        heading=gettext_lazy("Take back that it is led by refugees"),
        states=STATES.waiting | ONCE_VERIFIED,
        fits=rules.can_unconfirm_refugee_led,
        mail_subject=gettext_lazy("No longer confirmed: your organization is led by refugees"),
        mail_text=gettext_lazy(
            "The secretariat does not confirm any more that %(organization)s is led by refugees. Its page "
            "says that it says so itself."
        ),
    ),
)
