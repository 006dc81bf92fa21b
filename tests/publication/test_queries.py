"""Reads of the ledger: translations, numbers, what links to what."""

import pytest
from django.http import Http404

from portal.common.actors import system
from portal.common.errors import Gone
from portal.organizations.models import Organization
from portal.publication import queries
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree


@pytest.fixture
def record(organization: Organization) -> Record:
    return publish_intervention(make_intervention(organization, title="Original", body="uno"))


def test_reading_prefers_the_readers_language_then_the_original(record: Record) -> None:
    record.translations.create(of_version=1, language="en", kind="official", title="T", texts={"body": "one"})
    readings = {code: queries.reading(record, code) for code in ("es", "en", "fr")}
    assert [(row.title, row.language, row.label) for row in readings.values()] == [
        ("Original", "es", ""),
        ("T", "en", "official"),
        ("Original", "es", ""),
    ]
    assert [queries.titled(record, code) for code in readings] == [
        ("Original", "es"),
        ("T", "en"),
        ("Original", "es"),
    ]


def test_reading_says_which_translation_is_stale_or_a_draft_of_a_machine(record: Record) -> None:
    record.translations.create(of_version=0, language="en", kind="official", title="T")
    record.translations.create(of_version=1, language="fr", kind="machine", title="T")
    assert [queries.reading(record, code).label for code in ("en", "fr")] == ["stale", "machine"]


@pytest.mark.few(4)
@pytest.mark.parametrize("text", ["", "I", "I-", "1", "X-00001", "P-00001", "I-99999", "I-0000000001", "i/1"])
def test_number_that_is_no_record_is_not_found(record: Record, text: str) -> None:
    with pytest.raises(Http404):
        queries.record_by_public_id(text)


def test_number_is_read_in_any_spelling(record: Record) -> None:
    assert queries.record_by_public_id(f" i-{record.pk} ") == record
    with pytest.raises(Http404):
        queries.record_by_public_id(record.public_id, RecordKind.PLEDGE)


def test_withdrawn_number_tells_its_day(record: Record) -> None:
    gone = withdraw(
        RecordKind.INTERVENTION, record.source_key, actor=system("tests"), now=record.published_at
    )
    with pytest.raises(Gone) as told:
        queries.record_by_public_id(record.public_id)
    assert (told.value.number, told.value.date) == (record.public_id, gone.withdrawn_at)


def test_counts_leave_out_what_is_withdrawn(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    first, second = consultation_pages.questions
    kept = make_intervention(organization, questions=[first, second])
    gone = make_intervention(organization, questions=[first])
    for row in (kept, gone):
        publish_intervention(row)
    publish_pledge(make_pledge(organization, interventions=[kept.key]))
    assert queries.count_linking_to(Relation.ANSWERS, [first, second]) == {str(first): 2, str(second): 1}
    withdraw(RecordKind.INTERVENTION, gone.key, actor=system("tests"), now=gone.created_at)
    assert queries.count_linking_to(Relation.ANSWERS, [first, second]) == {str(first): 1, str(second): 1}
    assert queries.contributions_by_type(queries.published(RecordKind.PLEDGE)) == {"refugee_led": 1}
    author = Record.objects.get(kind=RecordKind.ORGANIZATION)
    assert queries.numbers_of(author) == {"intervention": 1, "pledge": 1}
    assert [row.source_key for row in queries.linking_to(Relation.FOLLOWS, [kept.key])] == [
        Record.objects.get(kind=RecordKind.PLEDGE).source_key
    ]
