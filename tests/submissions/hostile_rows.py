"""A complete draft of every kind that is written in steps, by its name, for the tests of hostile text."""

from collections.abc import Callable
from typing import Any

from portal.common.characters import one_line
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.models import Submission
from tests.factories import make_organization, make_report, publish_organization
from tests.factories.followup import (
    make_assessment,
    make_observation,
    make_reply,
    open_cycle_now,
    publish_assessment,
)
from tests.factories.pages import ConsultationTree
from tests.factories.plan import make_recommendation
from tests.factories.pledge_pairs import make_public_pledge
from tests.submissions.kinds import KINDS


def _verified() -> Organization:
    return make_organization(state=OrganizationState.VERIFIED)


def _of_others() -> Pledge:
    return make_public_pledge(_verified())


def _observation(organization: Organization) -> Submission:
    open_cycle_now()
    record = Record.objects.get(source_key=_of_others().key)
    return make_observation(organization, record=record)


def _reply(organization: Organization) -> Submission:
    assessment = make_assessment(make_public_pledge(organization), _verified())
    publish_assessment(assessment)
    return make_reply(assessment, organization)


AFTER_PLEDGES: dict[str, Callable[[Organization], Submission]] = {
    "report": lambda organization: make_report(make_public_pledge(organization)),
    "observation": _observation,
    "assessment": lambda organization: make_assessment(_of_others(), organization),
    "reply": _reply,
}
NAMES = (*KINDS, *AFTER_PLEDGES)


def _organization(line: str, text: str) -> Record:
    state = OrganizationState.VERIFIED
    return publish_organization(
        make_organization(state=state, name=line, acronym=line[:20], description=text)
    )


# Public records that are written elsewhere: of a line and a text as the forms tidy them.
WITHOUT_STEPS: dict[str, Callable[[str, str], Record]] = {
    "organization": _organization,
    "recommendation": lambda line, text: make_recommendation(f"{line} {one_line(text)}"[:300]),
}


def make_draft(name: str, organization: Organization, pages: ConsultationTree) -> Any:
    if name in KINDS:
        return KINDS[name].make(organization, pages, language="en")
    return AFTER_PLEDGES[name](organization)
