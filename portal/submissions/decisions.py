"""What moderators decide about a submission of any type; declarations of the types name it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from portal.common.reviews import DecisionType
from portal.submissions import domain

DECISIONS = (
    DecisionType(
        code="approved",
        label=_("Approved and published"),
        button=_("Approve and publish"),
        verb=domain.publish,
        mail_subject=_("The secretariat has published “%(title)s”"),
        mail_text=_('"%(title)s" of %(organization)s has been checked and is public now.'),
    ),
    DecisionType(
        code="returned",
        label=_("Returned with a reason"),
        button=_("Return with this reason"),
        heading=_("Return it to its authors"),
        needs_reason=True,
        verb=domain.return_to_author,
        mail_subject=_("The secretariat has returned “%(title)s” to you"),
        mail_text=_(
            'The secretariat has read "%(title)s" of %(organization)s and asks you to change something '
            "before it is published. Nothing you wrote is lost."
        ),
    ),
)


def with_verb(
    decisions: Sequence[DecisionType], code: str, verb: Callable[..., object]
) -> tuple[DecisionType, ...]:
    """The same, the one with this code done by another verb."""
    return tuple(replace(each, verb=verb) if each.code == code else each for each in decisions)
