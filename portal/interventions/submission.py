"""The declaration of interventions for the desk and for moderation; the app's configuration names it."""

from django.utils.translation import gettext_lazy as _

from portal.attachments.steps import attachments_step
from portal.common.states import FEMININE
from portal.interventions.about_questions import about_questions
from portal.interventions.drafts import (
    InterventionFields,
    question_problems,
    recommendation_problems,
    text_problems,
    unstorable,
)
from portal.interventions.forms import QuestionsForm, RecommendationsForm, TextForm
from portal.interventions.models import Intervention, InterventionAnswer
from portal.interventions.projection import project
from portal.interventions.queries import chosen_questions, question_keys
from portal.interventions.questions_step import (
    asked_questions,
    questions_step,
    start_on_questions,
)
from portal.interventions.refiling import on_questions
from portal.interventions.sent import FIELDS, replace, sent, translations_of
from portal.joint.steps import joint_step
from portal.submissions.decisions import DECISIONS
from portal.submissions.marks import marks_step
from portal.submissions.naming import naming_step
from portal.submissions.types import Phrases, Step, SubmissionType

INTERVENTION = SubmissionType(
    kind="intervention",
    label=_("Intervention"),
    gender=FEMININE,
    model=Intervention,
    path="interventions",
    decisions=DECISIONS,
    fields=FIELDS,
    phrases=Phrases(
        plural=_("Interventions"),
        new=_("New intervention"),
        start=_("Write an intervention"),
        begin=_("Start writing"),
        none=_(
            "Nothing written yet. Choose a guiding question and start: every step is saved, and you "
            "can go on later on another phone."
        ),
        of_organization=_("Intervention of %(organization)s"),
        received=_("We have received your intervention"),
        declaration=_(
            "By submitting this text you confirm that your organization supports it and agrees to "
            "its publication, as it stands above, once the secretariat has read it."
        ),
    ),
    start=start_on_questions(InterventionFields),
    start_inside="interventions/desk/start_fields.html",
    steps=(
        questions_step(
            QuestionsForm,
            problems=lambda intervention, related: question_problems(related.named, related.existing),
            before="interventions/desk/before_questions.html",
        ),
        Step(
            name="answer",
            title=_("Your intervention"),
            form=TextForm,
            problems=lambda intervention, related: text_problems(intervention),
            is_started=lambda intervention, related: bool(intervention.title or intervention.body),
            corrects=frozenset({"title", "form", "country", "language", "body"}),
            is_text=True,
            before="interventions/desk/asked.html",
            context=asked_questions,
        ),
        Step(
            name="recommendations",
            title=_("Key recommendations"),
            form=RecommendationsForm,
            problems=lambda intervention, related: recommendation_problems(intervention.recommendations),
            is_started=lambda intervention, related: bool(intervention.recommendations),
            corrects=frozenset({"recommendations", *RecommendationsForm.NAMES}),
            is_optional=True,
            is_aside=True,
            before="interventions/desk/before_recommendations.html",
        ),
        attachments_step(InterventionFields),
        marks_step(InterventionFields),
        naming_step(InterventionFields),
        joint_step(InterventionFields),
    ),
    plain=("title", "body", "language", "country", "form", "marks", "is_name_withheld"),
    related=chosen_questions,
    unstorable=unstorable,
    replace=replace,
    sent=sent,
    project=project,
    amendable=on_questions(
        question_keys,
        saved_as=InterventionFields,
        texts=("title", "body", "recommendations"),
        items={"recommendations": RecommendationsForm.NAMES},
    ),
    extra_texts=translations_of,
    **about_questions(InterventionAnswer, of_others=("translations", "is_from_room")),
)
