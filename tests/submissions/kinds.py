"""The types of submission with what tests need of each: rows in any state and complete fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.interventions.drafts import InterventionFields
from portal.organizations.models import Organization
from portal.pledges.drafts import PledgeFields
from portal.practices.drafts import PracticeFields
from portal.submissions.models import Submission
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType, submission_type
from tests.factories import make_intervention, make_pledge, make_practice
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY


@dataclass(frozen=True, slots=True)
class Kind:
    """`text` names the field that holds the long text; `complete` are the fields of a draft that is ready."""

    name: str
    text: str
    make_row: Callable[..., Any]
    complete: Callable[[ConsultationTree], Any]
    fields: Callable[..., Any]
    missing: tuple[str, ...]

    @property
    def of(self) -> SubmissionType:
        return submission_type(self.name)

    def make(
        self, organization: Organization, pages: ConsultationTree, state: str = "draft", **fields: object
    ) -> Submission:
        """Complete, in any state."""
        extra = {"questions": pages.questions} if self.name != "pledge" else {}
        row: Submission = self.make_row(organization, state=SubmissionState(state), **extra, **fields)
        return row


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="intervention",
            text="body",
            make_row=make_intervention,
            complete=lambda pages: InterventionFields(
                question_keys=tuple(pages.questions),
                title="Registro",
                body=BODY,
                country="BR",
                recommendations=("One", " ", "Two"),
            ),
            fields=InterventionFields,
            missing=("questions", "title", "country", "body"),
        ),
        Kind(
            name="pledge",
            text="description",
            make_row=make_pledge,
            complete=lambda pages: PledgeFields(
                external_id="GRF-1",
                forum="2023",
                title="A right to stay",
                description="While the claim is decided.",
                stage="in_progress",
                country="MX",
                outcomes=("integration", "statelessness", "integration"),
            ),
            fields=PledgeFields,
            missing=("external_id", "forum", "title", "description", "country", "outcomes"),
        ),
        Kind(
            name="practice",
            text="measure",
            make_row=make_practice,
            complete=lambda pages: PracticeFields(
                title="Registro los sábados",
                country="MX",
                countries=("GT",),
                problem="Nobody wrote births down.",
                measure="A clerk came on Saturdays.",
                beneficiaries="Children born on the way.",
                evidence="Twice as many.",
                conditions="A clerk and a car.",
                contact_role="Coordination",
                question_keys=tuple(pages.questions),
            ),
            fields=PracticeFields,
            missing=(
                "title",
                "problem",
                "measure",
                "beneficiaries",
                "country",
                "evidence",
                "conditions",
                "contact_role",
            ),
        ),
    )
}
