"""Exports and feeds of lists that hold nothing, more than a page, or what a spreadsheet would calculate."""

import pytest
from django.test import Client

from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.records.types import record_types
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.records.exported import as_csv, as_xlsx, content_of

FORMULAS = {"=1+1", "+1", "-1", "@SUM(1)", "\u00a0=1", "\uff1d1", "\u200b=1"}
PATHS = [declared.path for declared in record_types()]


def test_export_holds_more_than_a_page_in_few_queries(
    client: Client, organization: Organization, django_assert_max_num_queries: object
) -> None:
    first = publish_pledge(make_pledge(organization))
    for number in range(30):
        first.pk, first.source_key = None, f"00000000-0000-0000-0000-{number:012d}"
        first.save(force_insert=True)
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert len(as_csv(content_of(client, "/es/pledges/?format=csv"))) == 31


def test_no_cell_of_an_export_is_a_formula(client: Client, organization: Organization) -> None:
    for text in FORMULAS:
        record = publish_intervention(make_intervention(organization, body="x"))
        Record.objects.filter(pk=record.pk).update(title=text)
    rows = as_csv(content_of(client, "/es/interventions/?format=csv"))
    assert {row["title"] for row in rows} == {f"'{text}" for text in FORMULAS}
    rows = as_xlsx(content_of(client, "/es/interventions/?format=xlsx"))
    assert {row["title"] for row in rows} == FORMULAS


def test_unknown_format_is_not_found(client: Client, db: None) -> None:
    assert client.get("/es/pledges/?format=ods").status_code == 404


@pytest.mark.few(3)
@pytest.mark.parametrize("path", PATHS)
def test_feed_of_an_empty_list_is_the_same_each_time(client: Client, db: None, path: str) -> None:
    first, second = (client.get(f"/pt/{path}/feed/") for _ in range(2))
    assert (first.status_code, first.content, first.cookies) == (200, second.content, {})
