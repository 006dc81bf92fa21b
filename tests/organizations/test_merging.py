"""One organization that is there twice becomes one; parted, every table is as it was."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.common.actors import person
from portal.common.errors import Gone, Incomplete, NotAllowed, WrongState
from portal.organizations.merging import domain
from portal.organizations.merging.parts import parts
from portal.organizations.models import Membership, Organization
from portal.organizations.public_bodies import PublicBodies
from portal.pledges.models import PledgeParty
from portal.publication.models import Record
from portal.publication.queries import record_by_public_id
from tests.factories.merging import REASON, Twins, furnish, make_twins, networks_of, record_of
from tests.factories.pledge_pairs import all_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(db: None) -> Twins:
    return make_twins()


def relations(model: type[object]) -> Iterator[str]:
    for row in model._meta.get_fields(include_hidden=True):  # type: ignore[attr-defined]
        if row.auto_created and not row.concrete:
            yield f"{row.related_model._meta.label}.{row.field.name}"


def test_every_relation_says_whether_it_goes_along() -> None:
    told = [part.relation for part in parts()]
    assert sorted(told) == sorted({*relations(Organization), *relations(Record)})
    assert len(told) == len({*told})


def test_merged_and_parted_every_table_is_as_it_was(twins: Twins) -> None:
    furnish(twins)
    before = all_tables()
    merge = twins.merge()
    assert all_tables() != before
    twins.part(merge)
    after = all_tables()
    added = {"organizations_merge", "work_storedmail", "work_mail"}
    assert [name for name in before if before[name] != after[name] and name not in added] == []
    merge.refresh_from_db()
    assert (merge.state, merge.left, merge.journal) == ("parted", {}, [])
