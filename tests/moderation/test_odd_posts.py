"""Forms of the queue and of the desk that were sent too late, or as no page of ours sends them."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import WrongState
from portal.interventions.models import Intervention
from portal.moderation.domain import take
from portal.organizations.models import Organization
from portal.submissions import domain
from portal.submissions.models import Measure
from portal.submissions.redress.redacting import put_back_cut, redact
from portal.submissions.redress_enums import Act, MeasureState
from tests.factories import make_intervention
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
DESK, NOW = "/en/desk/moderation/", timezone.now()
NO_MORE = "This step is no longer possible. Open it again to see its current state."


@pytest.fixture
def text(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Intervention:
    draft = make_intervention(organization, author=focal_point, questions=consultation_pages.questions)
    domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    draft.refresh_from_db()
    return draft


def test_put_back_asks_for_a_passage_that_is_still_there(
    client: Client, text: Intervention, moderator: User
) -> None:
    client.force_login(moderator)
    judge = person(moderator)
    cut = redact(text, field="body", words=text.body[:9], ground="name", reason="R", actor=judge, now=NOW)
    other = Measure.objects.create(
        kind=text.kind,
        submission_key=text.key,
        organization=text.organization,
        act=Act.TAKEN_DOWN,
        ground="danger",
        reason="R",
        state=MeasureState.STANDS,
        state_before=text.state,
        submitted_at=NOW,
    )
    address = f"{DESK}intervention/{text.key}/redaction/{{}}/put-back/"
    assert client.post(address.format(other.key)).status_code == 404
    put_back_cut(text, cut, actor=judge, now=NOW)
    with translation.override("en"), pytest.raises(WrongState, match=NO_MORE):
        put_back_cut(text, cut, actor=judge, now=NOW)


@pytest.mark.parametrize("to", ["9" * 5000, "9" * 30, "²", "x"])
def test_to_nobody_that_there_is_nothing_is_assigned(
    client: Client, text: Intervention, moderator: User, to: str
) -> None:
    client.force_login(moderator)
    sent = {"to": to, "chosen": f"intervention:{text.key}"}
    page = client.post(f"{DESK}assign/", sent, follow=True)
    assert "Choose at least one thing, and who is to look after it." in page.text


def test_what_is_withdrawn_or_deleted_too_late_says_why(
    client: Client, text: Intervention, moderator: User, focal_point: User
) -> None:
    client.force_login(focal_point)
    page = f"/en/desk/interventions/{text.key}/"
    assert NO_MORE in client.get(f"{page}delete/", follow=True).text
    take(text.kind, text.key, actor=person(moderator), now=NOW)
    late = client.post(f"{page}withdraw/", headers={"accept": "text/html"})
    assert "The secretariat is reading it. You can replace it instead" in late.text
    assert NO_MORE in client.get(f"{page}withdraw/", follow=True).text
    text.refresh_from_db()
    assert text.state == "in_review"
