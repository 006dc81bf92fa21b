"""What moderators decide about a submission of any type; declarations of the types name it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from portal.common.reviews import DecisionType
from portal.publication.grounds import TAKEN_DOWN
from portal.submissions import domain
from portal.submissions.redress import rules
from portal.submissions.redress.declining import decline
from portal.submissions.redress.redacting import redact
from portal.submissions.redress.taking_down import take_down
from portal.submissions.redress_grounds import DECLINED, REDACTED
from portal.submissions.states import STATES, SubmissionState

# What may be public in some text or other; `can_take_down` asks whether it is.
MAY_BE_PUBLIC = frozenset(row.code for row in STATES if STATES.leads(row.code, SubmissionState.TAKEN_DOWN))
DECISIONS = (
    DecisionType(
        code="approved",
        label=_("Approved and published"),
        button=_("Approve and publish"),
        verb=domain.publish,
        rule=_("Everybody reads it from that minute on, under a number that stays."),
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
        rule=_(
            "Something has to change first, such as a detail by which a person could be recognised and "
            "harmed. Nothing is lost: the authors change it and submit it again."
        ),
        mail_subject=_("The secretariat has returned “%(title)s” to you"),
        mail_text=_(
            'The secretariat has read "%(title)s" of %(organization)s and asks you to change something '
            "before it is published. Nothing you wrote is lost."
        ),
    ),
    DecisionType(
        code="declined",
        is_appealable=True,
        label=_("Declined with a reason"),
        button=_("Decline with this reason"),
        heading=_("Decline it"),
        needs_reason=True,
        grounds=DECLINED,
        fits=rules.can_decline,
        verb=decline,
        rule=_("It is not published. Its authors read the ground and the reason. They can appeal once."),
        mail_subject=_("The secretariat has declined “%(title)s”"),
        mail_text=_(
            'The secretariat has read "%(title)s" of %(organization)s and does not publish it. If you think '
            "that this is wrong, you can appeal once: two other people decide then."
        ),
    ),
    # Taken on a page of its own, where one marks what is left out; the mail is about what is public already.
    DecisionType(
        code="redacted",
        is_appealable=True,
        label=_("A passage left out"),
        button=_("Leave it out"),
        heading=_("Leave a passage out"),
        needs_reason=True,
        grounds=REDACTED,
        states=frozenset({SubmissionState.PUBLISHED}),
        fits=lambda actor, row: False,
        verb=redact,
        rule=_(
            "Some words do not become public, such as the name of a person. A mark in their place says "
            "why. The authors keep their whole text, read the reason and can appeal once. When a new "
            "version has the same words, a person decides about them again."
        ),
        mail_subject=_("A passage of “%(title)s” is left out in public"),
        mail_text=_(
            'The secretariat has left a passage out of "%(title)s" of %(organization)s, which is public. '
            "Your desk keeps the whole text and says what and why. If you think that this is wrong, you can "
            "appeal once: two other people decide then."
        ),
    ),
    DecisionType(
        code="taken_down",
        is_appealable=True,
        label=_("Taken down with a reason"),
        button=_("Take it down now"),
        heading=_("Take it down at once"),
        needs_reason=True,
        grounds=TAKEN_DOWN,
        states=MAY_BE_PUBLIC,
        fits=rules.can_take_down,
        verb=take_down,
        rule=_(
            "One person takes it off the public at once, on all pages and in all files. A second person "
            "looks at it soon afterwards: it stays down or comes back as it was. Its number says the "
            "ground. The authors can appeal once."
        ),
        mail_subject=_("The secretariat has taken “%(title)s” down"),
        mail_text=_(
            'The secretariat has taken "%(title)s" of %(organization)s down. Nobody reads it in public any '
            "more; its number says why. A second person looks at it again. If you think that this is wrong, "
            "you can appeal once: two other people decide then."
        ),
    ),
)


def with_verb(
    decisions: Sequence[DecisionType], code: str, verb: Callable[..., object]
) -> tuple[DecisionType, ...]:
    """The same, the one with this code done by another verb."""
    return tuple(replace(each, verb=verb) if each.code == code else each for each in decisions)
