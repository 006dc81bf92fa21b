"""The secretariat calls a text by what it reads of it: not by what is written now or left out."""

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.submissions import domain
from portal.submissions.redress.redacting import redact
from tests.factories import make_intervention
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
DESK, NOW = "/en/desk/moderation/", timezone.now()
SENT, TYPED, CUT = "Sent about bridges", "Typed since then", "zqcutword"


@pytest.fixture
def text(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Intervention:
    draft = make_intervention(
        organization, author=focal_point, title=f"{SENT} {CUT}", questions=consultation_pages.questions
    )
    domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def written_anew(text: Intervention, by: User) -> None:
    domain.open_correction(text, actor=person(by), now=NOW)
    text.refresh_from_db()
    fields = InterventionFields(title=TYPED)
    domain.save_draft(text, fields=fields, revision=text.revision, actor=person(by), now=NOW)


def chosen(text: Intervention) -> dict[str, str]:
    return {"chosen": f"intervention:{text.key}|x"}


def page_after(desk: Client, address: str, data: dict[str, str]) -> str:
    return unescape(desk.post(address, data, follow=True).text)


def test_what_authors_write_now_is_said_to_nobody_of_the_secretariat(
    desk: Client, text: Intervention, moderator: User, focal_point: User
) -> None:
    decide("intervention", text.key, "approved", actor=person(moderator), now=NOW)
    text.refresh_from_db()
    written_anew(text, focal_point)
    pages = [
        page_after(desk, f"{DESK}ready/publish/", chosen(text)),
        page_after(desk, f"{DESK}intervention/{text.key}/take/", {}),
        page_after(desk, f"{DESK}intervention/{text.key}/taken_down/", {"ground": "danger", "reason": "R"}),
        desk.get(f"{DESK}decided/").text,
        desk.get(f"{DESK}decided/?format=csv").getvalue().decode(),  # type: ignore[attr-defined]
    ]
    assert [page for page in pages if TYPED in page] == []
    assert [SENT in pages[number] for number in (0, 2, 3, 4)] == [True] * 4
    searched = desk.get(f"{DESK}decided/?q=since+then").text
    assert f"/{text.key}/" not in searched


def test_what_is_left_out_of_a_title_is_said_by_no_message(
    desk: Client, text: Intervention, moderator: User
) -> None:
    redact(text, field="title", words=CUT, ground="name", reason="R", actor=person(moderator), now=NOW)
    pages = [
        page_after(desk, f"{DESK}intervention/{text.key}/approved/", {}),
        page_after(desk, f"{DESK}ready/publish/", chosen(text)),
    ]
    assert [(CUT in page, f"{SENT} [… nombre de una persona]" in page) for page in pages] == [
        (False, True)
    ] * 2
