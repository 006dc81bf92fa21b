"""Who may read the queue and who may decide; what is decided in which state says each `DecisionType`."""

from django.utils.translation import gettext

from portal.common.actors import Actor
from portal.common.reviews import ReviewType, Row, is_secretariat
from portal.organizations.queries import role_in
from portal.submissions.models import Submission
from portal.submissions.queries import has_share
from portal.submissions.rules import SAYS_IT_TOO, is_told

DRAFT = "draft"


def may_read_queue(actor: Actor) -> bool:
    return actor.is_person and is_secretariat(actor)


def can_view(actor: Actor, of: ReviewType, subject: Row) -> bool:
    """Nobody of the secretariat reads what has not been submitted, or what is about their own organization
    where the kind is closed to those.
    """
    if not may_read_queue(actor) or subject.state == DRAFT:
        return False
    if isinstance(subject, Submission) and not is_told(subject):
        return False
    return bool(of.model._default_manager.filter(of.open_to(actor), pk=subject.pk).exists())


def may_review(actor: Actor, of: ReviewType, subject: Row) -> bool:
    """A decision bears a name: the system takes none."""
    return actor.is_person and of.may_review(actor, subject)


def is_own(actor: Actor, of: ReviewType, subject: Row) -> bool:
    """Whether the actor belongs to the subject's organization, in any role."""
    return role_in(actor, subject, of.organization_of(subject).pk) is not None


def is_author(actor: Actor, of: ReviewType, subject: Row) -> bool:
    """Whether the actor wrote the subject, such as the claim of an organization without members."""
    author = of.author_of(subject)
    return author is not None and author.pk == actor.user_id


def why_not(actor: Actor, of: ReviewType, subject: Row) -> str:
    """Why this person may not decide about it, in words; empty for who may."""
    return "" if may_review(actor, of, subject) else refusal(actor, of, subject)


def refusal(actor: Actor, of: ReviewType, subject: Row) -> str:
    """What somebody reads who may not decide about it."""
    if told := str(of.why_not(actor, subject)):
        return told
    if is_own(actor, of, subject):
        return gettext("You belong to this organization, so somebody else has to decide.")
    if is_author(actor, of, subject):
        return gettext("You wrote this, so somebody else has to decide.")
    if isinstance(subject, Submission) and has_share(actor, subject):
        return str(SAYS_IT_TOO)
    return gettext("Only a moderator can decide.")
