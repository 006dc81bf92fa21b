"""A draft of conclusions and a published intervention on a question of its first segment."""

import pytest

from portal.conclusions.models import Conclusions
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, publish_intervention
from tests.factories.backed_conclusions import make_conclusions
from tests.factories.pages import ConsultationTree

BODY = "Nadie paga. La oficina abre los sábados y anota cada nacimiento el mismo día."


@pytest.fixture
def conclusions(consultation_pages: ConsultationTree) -> Conclusions:
    return make_conclusions(consultation_pages)


@pytest.fixture
def said(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    return make_said(organization, consultation_pages)


def make_said(organization: Organization, tree: ConsultationTree) -> Intervention:
    intervention = make_intervention(
        organization, body=BODY, state=SubmissionState.PUBLISHED, questions=tree.questions[:1]
    )
    publish_intervention(intervention)
    return intervention
