"""The declaration of observations for the desk and for moderation; the app's configuration names it."""

from django.utils.translation import gettext_lazy as _

from portal.common.states import FEMININE
from portal.followup.models import Observation
from portal.followup.observing import domain
from portal.followup.observing.choosing import above, may_write, start
from portal.followup.observing.drafts import ObservationFields, all_problems, unstorable, untimely
from portal.followup.observing.forms import ObservationForm
from portal.followup.observing.involved import closed_to
from portal.followup.observing.projection import project
from portal.followup.observing.sent import FIELDS, replace, sent
from portal.followup.observing.subjects import subject_of
from portal.submissions.decisions import DECISIONS, with_verb
from portal.submissions.types import Phrases, Step, SubmissionType

OBSERVATION = SubmissionType(
    kind="observation",
    label=_("Observation"),
    gender=FEMININE,
    model=Observation,
    path="observations",
    decisions=with_verb(DECISIONS, "approved", domain.publish_observation),
    fields=FIELDS,
    joined=("organization", "author", "record", "body"),
    may_review=domain.may_review,
    phrases=Phrases(
        plural=_("Observations"),
        new=_("New observation"),
        start=_("Add an observation"),
        begin=_("Begin the observation"),
        none=_(
            "No observation yet. While a review cycle is open you can say what you see of a pledge or action."
        ),
        of_organization=_("Observation of %(organization)s"),
        received=_("We have received your observation"),
        declaration=_(
            "By submitting this observation you confirm that your organization is no party, has seen what it "
            "says or names who has, and agrees to its publication under its name once the secretariat has "
            "read it."
        ),
        link=_("Add an observation"),
    ),
    start=start,
    start_inside="followup/desk/start_observation.html",
    steps=(
        Step(
            name="observation",
            title=_("Observation"),
            form=ObservationForm,
            problems=lambda observation, related: all_problems(observation),
            is_started=lambda observation, related: bool(observation.text or observation.title),
            corrects=frozenset({*ObservationForm.base_fields}),
            before="followup/desk/before_observation.html",
            context=lambda request, observation, related, form: above(observation),
        ),
    ),
    plain=("title", "language", "text", "sources", "conflict"),
    prefetch=(),
    related=lambda observation: None,
    unstorable=unstorable,
    untimely=lambda observation, related, now: untimely(observation, now),
    replace=replace,
    sent=sent,
    copied=lambda row: ObservationFields(subject=subject_of(row), body=row.body),
    project=project,
    is_offered=may_write,
    admits=domain.admits,
    closed_to=closed_to,
)
