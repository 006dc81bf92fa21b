"""Interventions that public conclusions say something of, and objections to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.conclusions.domain import set_disposition
from portal.conclusions.enums import Outcome
from portal.conclusions.models import Conclusions, Objection
from portal.conclusions.objections.domain import file_objection
from portal.conclusions.publishing.domain import publish_conclusions
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from tests.factories.backed_conclusions import complete, make_conclusions
from tests.factories.organizations import make_user
from tests.factories.pages import ConsultationTree, make_consultation
from tests.factories.records import make_intervention, publish_intervention


@dataclass(frozen=True)
class Told:
    """`drafter` set the disposition."""

    intervention: Intervention
    conclusions: Conclusions
    drafter: User

    @property
    def consultation_key(self) -> UUID:
        return self.conclusions.consultation_key


def publish_with_disposition(
    organization: Organization,
    *,
    tree: ConsultationTree | None = None,
    outcome: Outcome = Outcome.OUT_OF_SCOPE,
    reason: str = "Otra materia.",
    now: datetime | None = None,
    **fields: object,
) -> Told:
    """A published intervention and conclusions that say what became of it."""
    tree, at = tree or make_consultation(), now or timezone.now()
    said = make_intervention(
        organization, state=SubmissionState.PUBLISHED, questions=tree.questions[:1], **fields
    )
    publish_intervention(said)
    conclusions, drafter = make_conclusions(tree), make_user(Group.EDITOR)
    set_disposition(
        conclusions,
        intervention_key=said.key,
        outcome=outcome,
        reason=reason,
        actor=person(drafter),
        now=at,
    )
    complete(conclusions, drafter)
    publish_conclusions(conclusions, actor=person(make_user(Group.EDITOR)), now=at)
    conclusions.refresh_from_db()
    return Told(said, conclusions, drafter)


def make_objection(
    organization: Organization, writer: User, *, text: str = "Hablamos de papeles.", told: Told | None = None
) -> Objection:
    """Open; to conclusions that are published for it unless they are given."""
    told = told or publish_with_disposition(organization, author=writer)
    return file_objection(
        consultation_key=told.consultation_key,
        intervention_key=told.intervention.key,
        text=text,
        language="es",
        actor=person(writer),
        now=timezone.now(),
    )
