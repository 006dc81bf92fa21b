"""Receipts of what was amended say so, and so does the course of a text while an amendment waits."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.desk.receipts.domain import send_receipts
from portal.interventions.models import Intervention
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.submissions.amending import domain
from portal.submissions.amending_enums import Part
from portal.submissions.models import Amendment, SubmittedVersion
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories import make_intervention, make_user, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.work.conftest import do_all

NOW = timezone.now()
TO_BE_READ = ("reads it by", "returned to you", "you can take it back", "Download what you submitted")


@pytest.fixture
def text(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Intervention:
    row = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        author=focal_point,
        country="MX",
        questions=consultation_pages.questions[:1],
    )
    publish_intervention(row)
    return row


def proposed(text: Intervention, by: Actor, part: Part, **changes: str) -> Amendment:
    said: dict[str, Any] = {"reason": "It is so.", "language": "en"}
    return domain.propose(text, part=part, changes=changes, actor=by, now=NOW, **said)


def address(text: Intervention, name: str, *more: str) -> str:
    with translation.override("en"):
        return submission_type(text.kind).address(name, text.key, *more)


def receipt(client: Client, text: Intervention) -> tuple[SubmittedVersion, list[str]]:
    """The newest, with its page, its file in plain text and the page of all."""
    version = SubmittedVersion.objects.filter(submission_key=text.key).latest("number")
    pages = [
        address(text, "receipt"),
        address(text, "receipt_file", version.receipt_number, "txt"),
        address(text, "receipts"),
    ]
    return version, [client.get(page).content.decode() for page in pages]


def test_the_receipt_of_an_accepted_amendment_says_what_it_is(
    client: Client, text: Intervention, moderator: User, focal_point: User
) -> None:
    User.objects.update(language="en")
    amendment = proposed(text, person(moderator), Part.TEXT, title="Zqnew title")
    domain.accept(amendment, actor=person(focal_point), now=timezone.now())
    mail.outbox.clear()
    send_receipts()
    do_all("mail")
    client.force_login(focal_point)
    version, shown = receipt(client, text)
    told = [*shown[:2], next(each.body for each in mail.outbox if version.receipt_number in each.subject)]
    assert [("Amendment accepted" in each, said_of(each)) for each in told] == [(True, [])] * 3
    assert "Amendment accepted: " in shown[2]
    course = client.get(address(text, "detail")).text
    assert address(text, "receipt_of", version.receipt_number) in course


def test_nobody_of_the_organization_has_submitted_what_two_have_filed_anew(
    client: Client, text: Intervention, moderator: User, focal_point: User
) -> None:
    User.objects.update(language="en")
    amendment = proposed(text, person(moderator), Part.FILING, country="GT")
    second = person(make_user(Group.MODERATOR))
    decide("amendment", amendment.key, "confirmed", actor=second, now=timezone.now())
    client.force_login(focal_point)
    _version, shown = receipt(client, text)
    with_label = [("Filed anew by two of the secretariat" in each, said_of(each)) for each in shown[:2]]
    assert (with_label[0], "Filed anew by two of the secretariat: " in shown[2]) == ((True, []), True)


def test_the_course_of_a_text_says_what_waits_for_its_organization(
    client: Client, text: Intervention, moderator: User, focal_point: User
) -> None:
    client.force_login(focal_point)
    amendment = proposed(text, person(moderator), Part.TEXT, title="Zqnew title")
    *_past, now = client.get(address(text, "detail")).context["course"]
    assert (now.title, now.current) == ("Your organization accepts or refuses the amendment.", True)
    assert "There is no day by which." in now.text
    domain.take_back(amendment, actor=person(moderator), now=timezone.now())
    assert not any(each.current for each in client.get(address(text, "detail")).context["course"])


def said_of(page: str) -> list[str]:
    return [words for words in TO_BE_READ if words in page]
