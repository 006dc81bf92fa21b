"""Signatures of a text that its page saves by itself: void once it is saved, not while somebody types."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.joint.models import Signature
from portal.organizations.models import Organization
from portal.submissions import domain as submissions
from tests.factories import make_practice
from tests.factories.browser import Browser
from tests.factories.joint import ask, invite, make_signatories, sign

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def others(organization: Organization) -> list[Organization]:
    return make_signatories(2)


@pytest.fixture
def recalled(organization: Organization, others: list[Organization], focal_point: User) -> Any:
    """Signed by two, submitted, and taken back before anybody read it."""
    draft, actor = invite(make_practice(organization), *others), person(focal_point)
    ask(draft)
    sign(draft, *others)
    draft.refresh_from_db()
    submissions.submit(draft, submit_key=draft.submit_key, actor=actor, now=NOW)
    submissions.recall(draft, actor=actor, now=NOW)
    draft.refresh_from_db()
    mail.outbox.clear()
    return draft


@pytest.fixture
def writer(focal_point: User) -> Browser:
    browser = Browser()
    browser.force_login(focal_point)
    return browser


def autosave(writer: Browser, draft: Any, step: str, **typed: str) -> str:
    """As the page does it; the state that it is told."""
    page = f"/en/desk/practices/{draft.key}/{step}/"
    told = writer.send(writer.form_at(page), autosave="1", **typed).json()
    draft.refresh_from_db()
    return told["state"]


def states(draft: Any) -> list[str]:
    rows = Signature.objects.filter(statement__submission_key=draft.key)
    return [row.state for row in rows.order_by("position")]


def mails() -> list[str]:
    told = sorted(message.subject for message in mail.outbox)
    mail.outbox.clear()
    return told


@pytest.mark.long
def test_lines_that_are_being_retyped_take_nobody_from_the_list(
    writer: Browser, recalled: Any, others: list[Organization]
) -> None:
    assert autosave(writer, recalled, "signatories", signatories="") == "partly"
    assert (states(recalled), mails()) == (["signed", "signed"], [])
    page = f"/en/desk/practices/{recalled.key}/signatories/"
    writer.send(writer.form_at(page), signatories=others[1].name)
    assert states(recalled) == ["signed"]
    assert mails() == ["Your signature is void: the text is being changed"]


def test_a_half_typed_change_voids_nothing_and_the_saved_one_all(writer: Browser, recalled: Any) -> None:
    assert autosave(writer, recalled, "measure", measure="Another mea") == "saved"
    assert recalled.measure == "Another mea"
    assert (states(recalled), mails()) == (["signed", "signed"], [])
    writer.send(writer.form_at(f"/en/desk/practices/{recalled.key}/measure/"))
    assert states(recalled) == ["void", "void"]
    assert mails() == ["Your signature is void: the text is being changed"] * 2


def test_what_the_page_alone_has_saved_is_not_submitted_as_signed(
    writer: Browser, recalled: Any, focal_point: User
) -> None:
    autosave(writer, recalled, "measure", measure="Another measure, in Ipiales.")
    with pytest.raises(Incomplete) as refused:
        submissions.submit(recalled, submit_key=recalled.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in refused.value.problems] == ["signing"]
    ask(recalled)
    assert states(recalled) == ["asked", "asked"]
    void, asked = "Your signature is void: the text is being changed", "You are asked to sign a text"
    assert mails() == [asked, asked, void, void]


def test_whoever_takes_a_signed_text_back_reads_what_becomes_of_the_signatures(
    writer: Browser, recalled: Any, focal_point: User
) -> None:
    """Taken back and not changed, nobody has to be asked; once it is changed, all have to."""
    page, actor = f"/en/desk/practices/{recalled.key}/", person(focal_point)
    asks = ("Ask them to sign</button>", "nobody has to be asked again", f'href="{page}check/"')
    before = writer.get(f"{page}signing/").text
    assert [each in before for each in asks] == [False, True, True]
    submissions.submit(recalled, submit_key=recalled.submit_key, actor=actor, now=NOW)
    assert "Once you save a change they are void" in writer.get(f"{page}recall/").text
    submissions.recall(recalled, actor=actor, now=NOW)
    assert autosave(writer, recalled, "measure", title="Another title") == "saved"
    after = writer.get(f"{page}signing/").text
    assert [each in after for each in asks] == [True, False, False]
