"""Signatures of organizations that were there twice."""

from typing import Any

import pytest
from django.utils import timezone

from portal.common.actors import Group, person
from portal.joint.models import Signature
from portal.organizations.models import Organization
from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.publication.queries import targets
from portal.submissions import domain as submissions
from tests.factories import make_practice, make_user
from tests.factories.joint import ask, invite, owner_of, sign
from tests.factories.merging import Twins, make_twins

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def published(row: Any) -> Record:
    row.refresh_from_db()
    actor = person(owner_of(row.organization))
    submissions.submit(row, submit_key=row.submit_key, actor=actor, now=NOW)
    return submissions.publish(row, actor=person(make_user(Group.MODERATOR)), now=NOW)


def states(row: Any) -> list[tuple[Organization, str]]:
    rows = Signature.objects.filter(statement__submission_key=row.key).select_related("organization")
    return [(each.organization, each.state) for each in rows]


def number_of(organization: Organization) -> str:
    return Record.objects.get(source_key=organization.key).public_id


@pytest.mark.long
def test_one_of_both_has_signed_so_the_one_that_stays_has(organization: Organization) -> None:
    twins = make_twins()
    draft = ask(invite(make_practice(organization), twins.gone, twins.kept, twins.other))
    sign(draft, twins.gone)
    twins.merge()
    assert states(draft) == [(twins.kept, "signed"), (twins.other, "asked")]
    record = published(draft)
    assert record.facts["signatories"] == number_of(twins.kept)
    assert targets(record, Relation.SIGNED_BY) == [str(twins.kept.key)]


def merged_after_publication(organization: Organization, *signed: str) -> tuple[Twins, Any, Record, Any]:
    twins = make_twins()
    signatories = [getattr(twins, name) for name in signed]
    draft = ask(invite(make_practice(organization), *signatories))
    sign(draft, *signatories)
    record = published(draft)
    return twins, draft, record, twins.merge()


def test_the_public_record_names_the_one_that_stays_once(organization: Organization) -> None:
    twins, draft, record, merge = merged_after_publication(organization, "gone", "kept", "other")
    record.refresh_from_db()
    numbers = [number_of(twins.kept), number_of(twins.other)]
    assert record.facts["signatories"].split() == numbers
    again = submissions.correct(draft, actor=person(make_user(Group.MODERATOR)), now=NOW)
    assert again.facts["signatories"].split() == numbers
    twins.part(merge)
    record.refresh_from_db()
    assert record.facts["signatories"].split() == [number_of(twins.gone), *numbers]
    assert len(states(draft)) == 3


def test_nobody_signs_what_is_its_own(organization: Organization) -> None:
    twins = make_twins()
    draft = ask(invite(make_practice(twins.kept), twins.gone, twins.other))
    sign(draft, twins.gone, twins.other)
    record = published(draft)
    twins.merge()
    record.refresh_from_db()
    assert states(draft) == [(twins.other, "signed")]
    assert record.facts["signatories"] == number_of(twins.other)
    assert targets(record, Relation.SIGNED_BY) == [str(twins.other.key)]
