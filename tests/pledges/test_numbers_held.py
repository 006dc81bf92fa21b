"""Whose number it is: what is public or submitted keeps it, what is only written is nobody else's matter."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.organizations.models import Organization
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.models import Pledge
from portal.submissions import domain
from tests.factories import make_pledge, publish_organization, publish_pledge

NOW = timezone.now()
NUMBERS = PledgeFields(external_id="GRF-1", frame=Frame(numbers=("MPS-3",)))


def save(pledge: Pledge, author: User, fields: PledgeFields = NUMBERS) -> Pledge:
    return domain.save_draft(pledge, fields=fields, revision=1, actor=person(author), now=NOW)


def test_a_draft_neither_keeps_a_number_nor_tells_of_it(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    for state in ("draft", "returned"):
        others = make_pledge(other_organization, external_id="GRF-1", state=state)
        others.numbers.create(number="MPS-3")
    mine = save(make_pledge(organization), focal_point)
    assert (mine.external_id, [row.number for row in mine.numbers.all()]) == ("GRF-1", ["MPS-3"])


@pytest.mark.long
def test_a_correction_keeps_the_public_number_and_not_the_one_it_has(
    client: Client, organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    was = {"decided_at": NOW, "submitted_at": NOW}
    others = make_pledge(other_organization, external_id="GRF-1", title="Known", **was)
    publish_pledge(others)
    Pledge.objects.filter(pk=others.pk).update(state="correcting", external_id="GRF-2")
    mine = make_pledge(organization)
    with pytest.raises(Incomplete):
        save(mine, focal_point)
    client.force_login(focal_point)
    page = f"/en/desk/pledges/{mine.key}/pledge/"
    asked = {
        number: client.post(page, {"revision": "1", "external_id": number}).text
        for number in ("GRF-1", "GRF-2")
    }
    assert [("Known" in text, "is here already" in text) for text in asked.values()] == [
        (True, True),
        (False, False),
    ]


def test_who_submits_second_is_told_and_writes_another_number(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    publish_organization(organization)
    mine = save(make_pledge(organization), focal_point)
    make_pledge(other_organization, external_id="GRF-1", state="submitted").numbers.create(number="MPS-3")
    with pytest.raises(Incomplete) as caught:
        domain.submit(mine, submit_key=mine.submit_key, actor=person(focal_point), now=NOW)
    assert {problem.field for problem in caught.value.problems} == {"external_id", "numbers"}


def test_a_number_in_another_script_is_refused(organization: Organization, focal_point: User) -> None:
    for fields in (PledgeFields(external_id="GRF-Б-1"), PledgeFields(frame=Frame(numbers=("Б-1",)))):
        with pytest.raises(Incomplete):
            save(make_pledge(organization), focal_point, fields)
