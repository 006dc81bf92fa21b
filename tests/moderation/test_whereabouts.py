"""The page of a decision says where a text stands, what keys there are, and who else can decide."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.moderation.domain import decide
from portal.moderation.due import due_on
from portal.moderation.keys import keys_of
from portal.moderation.listing import listing_of
from portal.moderation.whereabouts import who_can
from portal.organizations.models import Organization
from portal.submissions.models import Measure
from portal.submissions.redress.review import APPEAL, CONFIRMED_WITHIN, TAKE_DOWN
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_user, publish_intervention

NOW = timezone.now()


@pytest.fixture
def public(organization: Organization, focal_point: User) -> Intervention:
    row = make_intervention(organization, state=SubmissionState.PUBLISHED, author=focal_point, country="MX")
    publish_intervention(row)
    return row


@pytest.fixture
def taken_down(public: Intervention, moderator: User) -> Measure:
    given = {"ground": "danger", "reason": "It names a shelter.", "actor": person(moderator), "now": NOW}
    decide("intervention", public.key, "taken_down", **given)
    return Measure.objects.get()


def page(client: Client, kind: str, row: Intervention | Measure) -> str:
    return client.get(f"/en/desk/moderation/{kind}/{row.key}/").content.decode()


def test_it_says_what_of_a_text_is_public(client: Client, public: Intervention, moderator: User) -> None:
    client.force_login(moderator)
    said = page(client, "intervention", public)
    assert ("Readers see this text:" in said, "What you can still do stands below" in said) == (True, True)
    assert 'href="/en/interventions/I-' in said
    Intervention.objects.update(state="submitted")
    assert "An earlier version is public:" in page(client, "intervention", public)


def test_a_take_down_leads_to_its_second_person(
    client: Client, public: Intervention, taken_down: Measure, moderator: User
) -> None:
    second = make_user(Group.MODERATOR, name="Second Moderator")
    client.force_login(moderator)
    text, measure = page(client, "intervention", public), page(client, "take_down", taken_down)
    assert f'href="/en/desk/moderation/take_down/{taken_down.key}/"' in text
    assert "Readers see no text of it now:" in text
    assert who_can(TAKE_DOWN, taken_down) == [second]
    assert ("Who can decide:" in measure, "Second Moderator" in measure) == (True, True)


def test_nobody_is_named_where_that_tells_who_belongs_to_a_withheld_name(taken_down: Measure) -> None:
    make_user(Group.MODERATOR)
    taken_down.organization.is_protected = True
    assert who_can(TAKE_DOWN, taken_down) == []


def test_a_take_down_stands_first_and_has_a_short_term(
    organization: Organization, taken_down: Measure
) -> None:
    make_intervention(organization, state=SubmissionState.SUBMITTED)
    Intervention.objects.filter(state="submitted").update(submitted_at="2026-01-02T12:00Z")
    rows = listing_of(person(make_user(Group.MODERATOR)), {}, NOW).rows
    assert [row.of.kind for row in rows] == ["take_down", "intervention"]
    assert rows[0].due == due_on(taken_down.submitted_at.date(), CONFIRMED_WITHIN)


def test_keys_are_those_of_the_decisions() -> None:
    def keys(of: object, *codes: str) -> list[str]:
        return [each.key for each in keys_of([of.decision(code) for code in codes])]  # type: ignore[attr-defined]

    assert keys(INTERVENTION, "approved", "returned", "declined") == ["p", "r", "d"]
    assert keys(APPEAL, "grant", "dismiss") == ["1", "2"]
    assert keys(APPEAL, "granted", "disagreed") == ["p", "2"]
