"""A start address that names what is not there, or not one's own, says so instead of showing others."""

from uuid import uuid4

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_pledge, publish_organization, publish_pledge
from tests.factories.followup import make_assessment, publish_assessment

LEFT_OUT = "The address names something that is not here or not yours. It was left out."
SAID = {
    "pledges/new/?intervention=": LEFT_OUT,
    "practices/new/?intervention=": LEFT_OUT,
    "practices/new/?question=": LEFT_OUT,
    "reports/new/?pledge=": LEFT_OUT,
    "interventions/new/?question=": "The question you came from takes no interventions now",
    "replies/new/?assessment=": "There is no assessment here that your organization can reply to.",
    "assessments/new/?pledge=": "Only who holds a seat in a body that assesses",
    "assessments/new/?action=": "Only who holds a seat in a body that assesses",
    "observations/new/?subject=": "Nothing public has this number or key.",
}


@pytest.fixture
def assessed(organization: Organization, other_organization: Organization) -> Pledge:
    """Of Red Uno, public and assessed by Red Dos, so that a report and a reply can start."""
    publish_organization(organization)
    made = make_pledge(organization, state=SubmissionState.PUBLISHED, stage="fulfilled")
    publish_pledge(made)
    publish_assessment(make_assessment(made, other_organization))
    return made


@pytest.mark.few(4)
@pytest.mark.parametrize("path", list(SAID))
def test_what_is_unknown_is_told(
    client: Client,
    assessed: Pledge,
    focal_point: User,
    other_organization: Organization,
    path: str,
) -> None:
    """Words that are no key, a key of nothing, and that of something of somebody else."""
    others = make_intervention(other_organization, title="Of somebody else")
    client.force_login(focal_point)
    asked = ("zzz", str(uuid4()), str(others.key))
    pages = [client.get(f"/en/desk/{path}{value}") for value in asked]
    assert [(page.status_code, SAID[path] in page.text) for page in pages] == [(200, True)] * 3
    assert [page for page in pages if "Of somebody else" in page.text] == []


@pytest.mark.long
def test_what_is_known_or_not_asked_is_not_told(
    client: Client, assessed: Pledge, organization: Organization, focal_point: User
) -> None:
    own = make_intervention(organization, title="My own")
    client.force_login(focal_point)
    paths = (
        f"pledges/new/?intervention={own.key}",
        f"practices/new/?intervention={own.key}",
        f"reports/new/?pledge={assessed.key}",
        f"replies/new/?assessment={assessed.assessments.get().key}",
        *(path.split("?", maxsplit=1)[0] for path in SAID),
        "pledges/new/?intervention=",
    )
    told = (LEFT_OUT, SAID["replies/new/?assessment="], SAID["interventions/new/?question="])
    wrong = [path for path in paths if any(words in client.get(f"/en/desk/{path}").text for words in told)]
    assert wrong == []
