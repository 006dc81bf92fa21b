"""The declaration of interventions for the desk and for moderation; the app's configuration names it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.states import FEMININE
from portal.consultations.question_choice import open_questions, question_choice
from portal.interventions.drafts import (
    InterventionFields,
    closed_problems,
    question_problems,
    recommendation_problems,
    text_problems,
    unstorable,
)
from portal.interventions.forms import QuestionsForm, RecommendationsForm, TextForm
from portal.interventions.models import Intervention
from portal.interventions.projection import project
from portal.interventions.queries import Chosen, chosen_questions, closed_questions
from portal.interventions.sent import FIELDS, questions_of, replace, sent, translations_of
from portal.organizations.models import Organization
from portal.submissions.decisions import DECISIONS
from portal.submissions.forms import as_keys
from portal.submissions.types import Phrases, Start, Step, SubmissionType


def _start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """On which questions; `?question=` marks one already. One that is not open is left out."""
    named = as_keys(asked.getlist("questions") or asked.getlist("question"))
    opened = open_questions(named, timezone.now())
    chosen = tuple(key for key in named if key in opened)
    return Start(
        organizations,
        fields=lambda organization: InterventionFields(question_keys=chosen),
        context=lambda: {**_choice(asked, chosen), "is_left_out": len(chosen) < len(named)},
    )


def _choice(asked: QueryDict, chosen: Any) -> dict[str, Any]:
    find = asked.get("find", "")[:200]
    return {"choice": question_choice(get_language() or "es", chosen, find), "find": find}


def _choosing(
    request: HttpRequest, intervention: Intervention, related: Chosen, form: QuestionsForm
) -> dict[str, Any]:
    return _choice(request.POST, form.keys if form.is_bound else related.keys)


def _asked(request: HttpRequest, intervention: Intervention, related: Chosen, form: Any) -> dict[str, Any]:
    return {"questions": questions_of(related.keys)}


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
            "its publication, under the organization's name, once the secretariat has read it."
        ),
    ),
    start=_start,
    start_inside="interventions/desk/start_fields.html",
    steps=(
        Step(
            name="questions",
            title=_("Guiding questions"),
            form=QuestionsForm,
            problems=lambda intervention, related: question_problems(related.keys, related.existing),
            is_started=lambda intervention, related: bool(related.keys),
            corrects=frozenset({"questions"}),
            before="interventions/desk/before_questions.html",
            inside="interventions/desk/questions_fields.html",
            context=_choosing,
        ),
        Step(
            name="answer",
            title=_("Your intervention"),
            form=TextForm,
            problems=lambda intervention, related: text_problems(intervention),
            is_started=lambda intervention, related: bool(intervention.title or intervention.body),
            corrects=frozenset({"title", "form", "country", "language", "body"}),
            before="interventions/desk/asked.html",
            context=_asked,
        ),
        Step(
            name="recommendations",
            title=_("Key recommendations"),
            form=RecommendationsForm,
            problems=lambda intervention, related: recommendation_problems(intervention.recommendations),
            is_started=lambda intervention, related: bool(intervention.recommendations),
            corrects=frozenset({"recommendations", *RecommendationsForm.NAMES}),
            is_optional=True,
            before="interventions/desk/before_recommendations.html",
        ),
    ),
    plain=("title", "body", "language", "country", "form"),
    prefetch=("answers",),
    untimely=lambda intervention, related, now: closed_problems(closed_questions(intervention, related, now)),
    related=lambda intervention: chosen_questions(intervention.pk),
    unstorable=unstorable,
    replace=replace,
    sent=sent,
    project=project,
    extra_texts=translations_of,
)
