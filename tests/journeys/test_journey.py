"""The whole way: register, verify, write, submit, pledge, approve, read in four languages, find, trace."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.mailbox import Mailbox

pytestmark = pytest.mark.browser

LANGUAGES = ("es", "en", "pt", "fr")
TEXT = "In our classrooms beside the station a child can start on the day the family arrives. " * 5
OpenBrowser = Callable[..., Page]


def submit_both(member: Page, moderator: Page, mailbox: Mailbox, word: str) -> None:
    """A new person registers an organization, submits an intervention and a pledge that follows from it."""
    # Public as soon as it is verified, so its name must not hold the word.
    organization = f"Red {word[::-1]}"
    member.goto(steps.QUESTION)
    member.locator('main a[href*="interventions/new"]').first.click()
    steps.sign_up(member, mailbox, name="Rosa", address=f"{word}@example.org")
    member.get_by_role("link", name="Register your organization").click()
    steps.register_organization(member, organization)
    steps.write_intervention(member, title=f"Intervention {word}", text=f"{TEXT} We call it {word}.")
    steps.sign_in(moderator, "moderator@demo.invalid")
    steps.decide(moderator, organization, "Verify")
    member.reload()
    steps.submit(member)
    steps.register_pledge(member, title=f"Pledge {word}", number=f"GRF-{word}")
    steps.submit(member)


def expect_trace(visitor: Page, pledge: str, intervention: str) -> None:
    """The read API leads from the pledge over the intervention to the question it is about."""
    answer = visitor.request.get(f"/api/v1/trace/{pledge}?ui=en").json()
    thread = {stage["stage"]: stage["items"] for stage in answer["thread"]}
    assert [item["id"] for item in thread["pledge"]] == [pledge]
    assert [item["id"] for item in thread["intervention"]] == [intervention]
    assert [item["url"] for item in thread["guiding_question"]] == [steps.QUESTION]


@pytest.mark.parametrize(("javascript", "word"), [(True, "guacamaya"), (False, "ocelote")])
def test_journey_from_registration_to_trace(
    open_browser: OpenBrowser, mailbox: Mailbox, javascript: bool, word: str
) -> None:
    member, moderator, visitor = (open_browser(javascript=javascript) for _ in range(3))
    submit_both(member, moderator, mailbox, word)
    steps.expect_nothing_public(visitor, title=f"Intervention {word}", word=word)

    steps.decide(moderator, f"Intervention {word}", "Approve and publish")
    steps.decide(moderator, f"Pledge {word}", "Approve and publish")
    intervention = steps.public_number(member, f"Intervention {word}")
    pledge = steps.public_number(member, f"Pledge {word}")

    for language in LANGUAGES:
        steps.read(
            visitor, intervention, language=language, title=f"Intervention {word}", path="interventions"
        )
        steps.read(visitor, pledge, language=language, title=f"Pledge {word}", path="pledges")
    steps.wait_until_found(visitor, word, {f"Intervention {word}", f"Pledge {word}"})
    steps.search_and_open(visitor, word, f"Intervention {word}")
    expect_trace(visitor, pledge, intervention)
