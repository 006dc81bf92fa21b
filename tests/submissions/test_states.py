"""The state tables: every row is whole, and one state leads only to states that there are."""

import pytest
from django.utils.translation import override

from portal.common.errors import WrongState
from portal.common.states import FEMININE, MASCULINE, StateTable
from portal.organizations.enums import ClaimState, OrganizationState
from portal.organizations.states import CLAIM_STATES
from portal.organizations.states import STATES as ORGANIZATION_STATES
from portal.submissions.redress.states import APPEAL_STATES, TAKE_DOWN_STATES
from portal.submissions.redress_enums import AppealState, MeasureState
from portal.submissions.states import GIVEN, STATES, SubmissionState

TABLES = {
    "submissions": (STATES, set(SubmissionState)),
    "organizations": (ORGANIZATION_STATES, set(OrganizationState)),
    "claims": (CLAIM_STATES, set(ClaimState)),
    "take-downs": (TAKE_DOWN_STATES, set(MeasureState)),
    "appeals": (APPEAL_STATES, set(AppealState)),
}
# from -> to; every other step is refused.
STEPS = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"in_review", "returned", "published", "correcting", "withdrawn", "declined", "taken_down"},
    "in_review": {"submitted", "returned", "published", "correcting", "withdrawn", "declined", "taken_down"},
    "returned": {"submitted", "published", "withdrawn", "taken_down"},
    "published": {"correcting", "withdrawn", "merged", "taken_down"},
    "declined": {"submitted", "withdrawn"},
    "taken_down": {"published", "correcting", "submitted", "in_review", "returned", "withdrawn"},
    "correcting": {"submitted", "published", "withdrawn", "taken_down"},
    "withdrawn": {"draft"},
    "merged": {"published"},
}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_has_one_row_and_leads_to_states_that_there_are(name: str) -> None:
    table, states = TABLES[name]
    assert {row.code for row in table} == states
    assert {code for row in table for code in row.leads_to} <= states
    assert {len(row.code) <= 20 for row in table} == {True}


@pytest.mark.parametrize("old", STEPS)
@pytest.mark.parametrize("new", STEPS)
def test_steps_of_submissions(old: str, new: str) -> None:
    assert STATES.leads(old, new) == (new in STEPS[old])
    if new in STEPS[old]:
        STATES.require(old, new)
    else:
        with pytest.raises(WrongState):
            STATES.require(old, new)


def test_sets_follow_from_the_rows() -> None:
    assert (STATES.editable, STATES.waiting, STATES.public) == (
        {"draft", "returned", "correcting"},
        {"submitted", "in_review"},
        {"published"},
    )
    assert (STATES.recallable, GIVEN) == ({"submitted"}, {"submitted", "in_review", "published"})
    assert STATES.deletable == {"draft"}
    assert ORGANIZATION_STATES.waiting == {"submitted"}


@pytest.mark.parametrize(
    ("language", "feminine", "masculine"),
    [
        ("es", "Publicada", "Publicado"),
        ("en", "Published", "Published"),
        ("pt", "Publicada", "Publicado"),
        ("fr", "Publiée", "Publié"),
    ],
)
def test_labels_agree_with_the_noun(language: str, feminine: str, masculine: str) -> None:
    with override(language):
        labels = [STATES.label("published", gender) for gender in (FEMININE, MASCULINE)]
    assert labels == [feminine, masculine]


def test_a_table_knows_only_its_rows() -> None:
    with pytest.raises(KeyError):
        StateTable()["draft"]
