"""The declaration of good practices for the desk and for moderation; the app's configuration names it."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.attachments.domain import make_public, name_changed, shown_again
from portal.attachments.pointed import notes as attachments_notes
from portal.attachments.steps import attachments_step
from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.states import FEMININE
from portal.interventions.drafts import question_problems
from portal.interventions.models import Intervention
from portal.interventions.queries import Chosen, deadlines_of
from portal.interventions.queries import question_keys as questions_of_intervention
from portal.interventions.questions_step import (
    Topics,
    asked_about,
    asked_questions,
    deadlines_on,
    named_in,
    open_topics,
    questions_step,
    still_open,
)
from portal.interventions.refiling import on_questions
from portal.interventions.sent import let_go
from portal.interventions.submission import INTERVENTION
from portal.joint.domain import restored, void_if_changed
from portal.joint.problems import joint_notes, joint_problems
from portal.joint.queries import rows_of
from portal.joint.steps import joint_step
from portal.organizations.models import Organization
from portal.practices.drafts import PracticeFields, evidence_problems, measure_problems, unstorable
from portal.practices.forms import EvidenceForm, MeasureForm, PracticeQuestionsForm
from portal.practices.models import Practice, PracticeQuestion
from portal.practices.projection import project
from portal.practices.queries import chosen_questions, question_keys
from portal.practices.records import TEXTS
from portal.practices.sent import FIELDS, replace, sent
from portal.submissions.decisions import DECISIONS
from portal.submissions.forms import START_UNKNOWN, as_keys, asked_unknown
from portal.submissions.marks import marks_step
from portal.submissions.naming import naming_step
from portal.submissions.types import Phrases, Start, Step, SubmissionType, WayBack


def _start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?intervention=` is one that told of it: its title, country, text and questions begin the draft."""
    wanted = as_keys(asked.getlist("intervention"))[:1]
    rows = INTERVENTION.visible_to(actor).filter(key__in=wanted, organization__in=organizations)
    source = rows.prefetch_related("answers").first() if wanted else None
    told, named = PracticeFields(), named_in(asked)
    if source is not None:
        organizations = organizations.filter(pk=source.organization_id)
        named = Topics((*questions_of_intervention(source), *named.keys), (*source.wholes, *named.wholes))
        told = PracticeFields(title=source.title, country=source.country, measure=source.body)
    theirs, now = list(organizations), timezone.now()
    opened = open_topics(theirs, named, now)
    return Start(
        organizations,
        fields=lambda organization: _begun(told, organization, opened),
        context=lambda: {
            "source": source,
            **asked_about(opened),
            "unknown": _unknown(asked, source, opened),
            "deadlines": deadlines_on(opened, theirs, now),
        },
    )


def _unknown(asked: QueryDict, source: Intervention | None, opened: Topics) -> object:
    """Of an intervention that is not one's own, or something that is not open."""
    told = asked_unknown(asked.getlist("intervention")[:1], [source.key] if source else [])
    told = told or asked_unknown(asked.getlist("question"), opened.keys)
    return told or ("" if {*asked.getlist("about")} <= {*opened.wholes} else START_UNKNOWN)


def _begun(told: PracticeFields, organization: Organization, topics: Topics) -> PracticeFields:
    """Of what it is about that which is open to it now."""
    own = open_topics([organization], topics, timezone.now())
    return PracticeFields(
        title=told.title,
        country=told.country or organization.country,
        measure=told.measure,
        question_keys=own.keys,
        wholes=own.wholes,
    )


def _question_problems(practice: Practice, related: Chosen) -> list[Problem]:
    """None is enough; one that was chosen must still be there."""
    return question_problems(related.named, related.existing) if related.named else []


PRACTICE = SubmissionType(
    kind="practice",
    label=_("Good practice"),
    gender=FEMININE,
    model=Practice,
    path="practices",
    decisions=DECISIONS,
    fields=FIELDS,
    phrases=Phrases(
        plural=_("Good practices"),
        new=_("New good practice"),
        start=_("Describe a good practice"),
        begin=_("Start writing"),
        none=_("No good practice yet. Describe something that you did and that others can do too."),
        of_organization=_("Good practice of %(organization)s"),
        received=_("We have received your good practice"),
        declaration=_(
            "By submitting this text you confirm that your organization supports it and agrees to "
            "its publication, as it stands above, once the secretariat has read it."
        ),
        link=_("Describe it as a good practice"),
        link_to_it=_("Describe a good practice from it"),
    ),
    start=_start,
    start_inside="practices/desk/start_fields.html",
    starts_from=("intervention",),
    steps=(
        Step(
            name="measure",
            title=_("What was done"),
            form=MeasureForm,
            problems=lambda practice, related: measure_problems(practice),
            is_started=lambda practice, related: bool(practice.title or practice.measure),
            corrects=frozenset({*MeasureForm.base_fields, "countries"}),
            before="interventions/desk/asked.html",
            context=asked_questions,
        ),
        Step(
            name="evidence",
            title=_("How it works elsewhere"),
            form=EvidenceForm,
            problems=lambda practice, related: evidence_problems(practice),
            is_started=lambda practice, related: bool(practice.evidence or practice.conditions),
            corrects=frozenset(EvidenceForm.base_fields),
        ),
        questions_step(
            PracticeQuestionsForm,
            problems=_question_problems,
            before="practices/desk/before_questions.html",
            is_optional=True,
            is_aside=True,
        ),
        attachments_step(PracticeFields),
        marks_step(PracticeFields),
        naming_step(PracticeFields),
        joint_step(PracticeFields),
    ),
    plain=("title", "language", "country", "marks", "is_name_withheld", *TEXTS),
    prefetch=("questions",),
    deadlines=lambda rows, now: deadlines_of(PracticeQuestion.objects.all(), "practice", rows, now),
    question_links="questions",
    is_signed_alike=True,
    is_translated=True,
    related=chosen_questions,
    untimely=lambda practice, related, now: joint_problems(practice, related),
    saved=void_if_changed,
    unstorable=unstorable,
    replace=replace,
    sent=sent,
    still_good=still_open,
    project=project,
    is_correctable=True,
    amendable=on_questions(
        question_keys,
        saved_as=PracticeFields,
        texts=("title", *TEXTS),
        lines=frozenset({"title", "contact_role"}),
    ),
    notes=lambda row, related: [*attachments_notes(row, related), *joint_notes(row, related)],
    before_publishing=make_public,
    after_put_back=shown_again,
    before_deletion=let_go,
    way_back=WayBack(
        parts=lambda row: (row.questions.all(), row.attachments.all(), *rows_of(row)), restored=restored
    ),
    name_changed=name_changed,
)
