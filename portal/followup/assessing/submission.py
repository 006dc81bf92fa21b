"""The declaration of assessments for the desk and for moderation; the app's configuration names it."""

from dataclasses import replace as replaced

from django.utils.translation import gettext_lazy as _

from portal.common.reviews import DecisionType
from portal.common.states import FEMININE
from portal.followup.assessing import domain
from portal.followup.assessing.choosing import above, may_write, start
from portal.followup.assessing.drafts import all_problems, unstorable, untimely
from portal.followup.assessing.forms import AssessmentForm
from portal.followup.assessing.projection import project
from portal.followup.assessing.sent import FIELDS, replace, sent
from portal.followup.assessment_models import Assessment
from portal.submissions.decisions import DECISIONS
from portal.submissions.types import Phrases, Step, SubmissionType


def _published(of: DecisionType) -> DecisionType:
    return replaced(of, verb=domain.publish_assessment) if of.code == "approved" else of


ASSESSMENT = SubmissionType(
    kind="assessment",
    label=_("Assessment"),
    gender=FEMININE,
    model=Assessment,
    path="assessments",
    decisions=tuple(map(_published, DECISIONS)),
    fields=FIELDS,
    joined=("organization", "author", "pledge", "body"),
    may_review=domain.may_review,
    phrases=Phrases(
        plural=_("Assessments"),
        new=_("New assessment"),
        start=_("Assess a pledge"),
        begin=_("Begin the assessment"),
        none=_("No assessment yet. Choose a pledge to which your organization is no party."),
        of_organization=_("Assessment of %(organization)s"),
        received=_("We have received your assessment"),
        declaration=_(
            "By submitting this assessment you confirm that your organization is no party of the pledge, "
            "stands by what it found and agrees to its publication once the secretariat has read it."
        ),
        link=_("Assess a pledge"),
    ),
    start=start,
    start_inside="followup/desk/start_fields.html",
    steps=(
        Step(
            name="assessment",
            title=_("Assessment"),
            form=AssessmentForm,
            problems=lambda assessment, related: all_problems(assessment),
            is_started=lambda assessment, related: bool(assessment.text or assessment.completion),
            corrects=frozenset({*AssessmentForm.base_fields}),
            before="followup/desk/before.html",
            context=lambda request, assessment, related, form: above(assessment),
        ),
    ),
    plain=("language", "completion", "confidence", "basis", "text", "sources", "conflict"),
    prefetch=(),
    related=lambda assessment: None,
    unstorable=unstorable,
    untimely=lambda assessment, related, now: untimely(assessment, now),
    replace=replace,
    sent=sent,
    project=project,
    after_withdrawal=domain.after_withdrawal,
    is_offered=may_write,
    admits=domain.admits,
)
