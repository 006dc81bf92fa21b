"""The declaration of assessments for the desk and for moderation; the app's configuration names it."""

from collections.abc import Sequence
from dataclasses import replace as replaced

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import actor_of
from portal.common.errors import Problem
from portal.common.languages import DEFAULT
from portal.common.reviews import Text
from portal.common.states import FEMININE
from portal.files.intake import content_of
from portal.files.refusals import Refused
from portal.followup.assessing import domain
from portal.followup.assessing.choosing import above, may_write, start
from portal.followup.assessing.claimed import claimed
from portal.followup.assessing.drafts import AssessmentFields, all_problems, hindrance, unstorable, untimely
from portal.followup.assessing.evidence import MAX_PAPERS, papers_of
from portal.followup.assessing.forms import AssessmentForm
from portal.followup.assessing.papers import WANTED, store_paper
from portal.followup.assessing.parties import closed_to
from portal.followup.assessing.projection import project
from portal.followup.assessing.sent import FIELDS, replace, sent
from portal.followup.models.assessments import Assessment
from portal.submissions import rules
from portal.submissions.decisions import DECISIONS, with_verb
from portal.submissions.states import STATES
from portal.submissions.types import Phrases, Step, SubmissionType, WayBack


def _uploads(
    request: HttpRequest, assessment: Assessment, fields: AssessmentFields
) -> tuple[AssessmentFields, Sequence[Problem]]:
    """The document that came with the form; one that is refused leaves the rest of the form to be saved."""
    sent_file, actor = request.FILES.get("evidence"), actor_of(request)
    if sent_file is None or not rules.can_edit(actor, assessment):
        return fields, ()
    left = [file for file in papers_of(assessment.pk).files if file.key not in fields.dropped]
    if len(left) >= MAX_PAPERS:
        return fields, [Problem("evidence", _("Five documents are enough. Leave one out first."))]
    try:
        content = content_of(sent_file, WANTED)
        paper = store_paper(content, sent_file.name or "", actor=actor, now=timezone.now())
    except Refused as refusal:
        return fields, [Problem("evidence", refusal.message)]
    return replaced(fields, added=(paper,)), ()


def _beside_review(assessment: Assessment) -> tuple[Text, ...]:
    """For who decides: what keeps an assessment that waits from becoming public."""
    told = hindrance(assessment, timezone.now()) if assessment.state in STATES.waiting else ""
    return (Text(_("It cannot be published now"), get_language() or DEFAULT, str(told)),) if told else ()


ASSESSMENT = SubmissionType(
    kind="assessment",
    label=_("Assessment"),
    gender=FEMININE,
    model=Assessment,
    path="assessments",
    decisions=with_verb(DECISIONS, "approved", domain.publish_assessment),
    fields=FIELDS,
    joined=("organization", "author", "pledge", "body"),
    may_review=domain.may_review,
    phrases=Phrases(
        plural=_("Assessments"),
        new=_("New assessment"),
        start=_("Assess a pledge, a goal or an action"),
        begin=_("Begin the assessment"),
        none=_("No assessment yet. Choose what your organization is no party of."),
        of_organization=_("Assessment of %(organization)s"),
        received=_("We have received your assessment"),
        declaration=_(
            "By submitting this assessment you confirm that your organization is no party, stands by what it "
            "found and agrees to its publication once the secretariat has read it."
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
            problems=all_problems,
            is_started=lambda assessment, related: bool(assessment.text or assessment.completion),
            corrects=frozenset({*AssessmentForm.base_fields}),
            before="followup/desk/before.html",
            context=lambda request, assessment, related, form: {"of_what": above(assessment)},
            uploads=_uploads,
        ),
    ),
    plain=("language", "completion", "confidence", "basis", "text", "sources", "conflict"),
    prefetch=(),
    related=lambda assessment: papers_of(assessment.pk),
    unstorable=unstorable,
    untimely=lambda assessment, related, now: untimely(assessment, now),
    replace=replace,
    sent=sent,
    copied=lambda row: AssessmentFields(pledge=row.pledge, goal=row.goal, action=row.action, body=row.body),
    not_copied=("shown",),
    way_back=WayBack(parts=lambda row: (row.papers.all(),)),
    project=project,
    after_withdrawal=domain.after_withdrawal,
    after_put_back=domain.after_put_back,
    is_offered=may_write,
    admits=domain.admits,
    why_not=domain.why_not,
    closed_to=closed_to,
    extra_texts=_beside_review,
    public_facts=claimed,
)
