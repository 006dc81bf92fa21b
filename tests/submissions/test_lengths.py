"""What is counted in words has an end in characters as well, told at its field."""

import pytest
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.common.phrases import over_length
from portal.interventions.drafts import MAX_WORDS, InterventionFields, body_message
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.practices.drafts import measure_problems
from portal.submissions.domain import save_draft
from portal.submissions.drafts import MOST_STORED
from tests.factories import make_intervention, make_practice
from tests.factories.browser import Browser
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
FEW_BUT_LONG = "w " * 29 + "w" * 24_000


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def test_few_words_are_too_long_as_well(organization: Organization) -> None:
    assert over_length("word " * MAX_WORDS, MAX_WORDS) == ""
    assert str(body_message(FEW_BUT_LONG)) == "Shorten this by 58 characters."
    practice = make_practice(organization, measure=FEW_BUT_LONG)
    told = {each.field: str(each.message) for each in measure_problems(practice)}
    assert told["measure"] == "Shorten this by 12058 characters."


@pytest.mark.parametrize("fields", [{"body": "w" * (MOST_STORED + 1)}, {"recommendations": ("w" * 100_001,)}])
def test_no_text_is_stored_that_has_no_end(
    organization: Organization, focal_point: User, fields: dict[str, object]
) -> None:
    draft = make_intervention(organization)
    actor, given = person(focal_point), InterventionFields(**fields)  # type: ignore[arg-type]
    with pytest.raises(Incomplete) as refused:
        save_draft(draft, fields=given, revision=draft.revision, actor=actor, now=timezone.now())
    assert [(each.field, str(each.message)) for each in refused.value.problems] == [
        (next(iter(fields)), "Shorten this by 1 character.")
    ]


def test_what_was_typed_comes_back_with_the_reason(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = make_intervention(organization, questions=consultation_pages.questions)
    browser = Browser()
    browser.force_login(focal_point)
    typed = "zqbeginning " + "w" * MOST_STORED
    page = browser.send(browser.form_at(f"/en/desk/interventions/{draft.key}/answer/"), body=typed)
    assert ("Shorten this by 12 characters." in page.text, typed in page.text) == (True, True)
    assert Intervention.objects.get().body == draft.body
