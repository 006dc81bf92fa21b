"""What a reply says, who may give one and until when; form, type and verbs use it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.phrases import over_length
from portal.followup.assessing.parties import confirmed, of_pledges
from portal.followup.assessing.records import replies_until
from portal.followup.assessing.subjects import subject_of
from portal.followup.models.assessments import Assessment, Reply
from portal.organizations.models import Organization
from portal.organizations.queries import organization_ids, writable_organizations
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.reports.queries import reportable
from portal.submissions.drafts import DraftFields, unstorable_basics
from portal.submissions.states import GIVEN, SubmissionState

MAX_WORDS = 300
GONE = _("The assessment is not public any more.")
TOO_LATE = _("The thirty days for a reply are over.")
NOT_OPEN = _("There is no assessment here that your organization can reply to. Choose one of the list.")
NO_PARTY = _("Only the organization of the pledge and the parties that have confirmed it can reply.")
REPLIED = _("Your organization has replied to it already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFields(DraftFields):
    assessment: Assessment | None = None
    text: str | None = None


def record_of(assessment: Assessment) -> Record | None:
    """Its public record; None once it is withdrawn."""
    return published(RecordKind.ASSESSMENT).filter(source_key=assessment.key).first()


def to_reply_to(actor: Actor) -> QuerySet[Assessment]:
    """Published assessments of what the parties that the actor writes for have pledged or carry out."""
    rows = Assessment.objects.filter(_is_theirs(actor))
    return rows.select_related("pledge").order_by("-decided_at")


def closed_to(actor: Actor) -> QuerySet[Reply]:
    """Those to an assessment of an organization of the person."""
    return Reply.objects.filter(assessment__organization__in=organization_ids(actor)).order_by()


def may_reply(actor: Actor) -> bool:
    """Whether there is something to reply to, or a reply was written. Four queries at most."""
    is_mine = Q(replies__organization__in=writable_organizations(actor))
    return Assessment.objects.filter(_is_theirs(actor) | is_mine).exists()


def _is_theirs(actor: Actor) -> Q:
    """As `confirmed` says it of one."""
    return Q(state=SubmissionState.PUBLISHED) & of_pledges(reportable(actor))


def who_replies(assessment: Assessment, organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    return organizations.filter(pk__in=confirmed(subject_of(assessment)).values("pk"))


def replied_already(assessment: Assessment) -> QuerySet[Reply]:
    """What stands in the way of a second reply of the same organization."""
    return Reply.objects.filter(assessment=assessment, state__in=GIVEN)


def unstorable(reply: Reply, fields: ReplyFields) -> list[Problem]:
    problems, assessment = unstorable_basics(fields), fields.assessment or reply.assessment
    own = Organization.objects.filter(pk=reply.organization_id)
    if assessment is not None and not who_replies(assessment, own):
        problems.append(Problem("assessment", NO_PARTY))
    return problems


def writing_problems(text: str) -> list[Problem]:
    if not text.strip():
        return [Problem("text", _("Write what you say to the assessment."))]
    told = over_length(text, MAX_WORDS)
    return [Problem("text", told)] if told else []


def all_problems(reply: Reply) -> list[Problem]:
    """Also whether there is an assessment to reply to, and who replies once more."""
    assessment = reply.assessment
    if assessment is None or record_of(assessment) is None:
        return [Problem("assessment", GONE)]
    others = replied_already(assessment).filter(organization=reply.organization_id)
    if others.exclude(pk=reply.pk).exists():
        return [Problem("assessment", REPLIED)]
    own = Organization.objects.filter(pk=reply.organization_id)
    conflict = [] if who_replies(assessment, own) else [Problem("assessment", NO_PARTY)]
    return [*conflict, *writing_problems(reply.text)]


def untimely(reply: Reply, now: datetime) -> list[Problem]:
    """After thirty days nobody replies any more."""
    record = record_of(reply.assessment) if reply.assessment else None
    if record is None or now.date() <= replies_until(record):
        return []
    return [Problem("assessment", TOO_LATE)]
