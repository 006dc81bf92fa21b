"""Good practices that stand in conclusions: records with a number that stays, and with their source."""

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions
from portal.publication.models import Record
from search.index.builders import build
from search.index.outbox import Subject
from search.models import Source
from tests.factories.backed_conclusions import make_conclusions, make_part, publish_draft
from tests.factories.pages import ConsultationTree

PAGE = "/en/practices/"


@pytest.fixture
def conclusions(consultation_pages: ConsultationTree) -> Conclusions:
    conclusions = make_conclusions(consultation_pages)
    segment = conclusions.parts.get(kind=PartKind.SEGMENT)
    make_part(
        conclusions,
        PartKind.GOOD_PRACTICE,
        parent=segment,
        heading="Oficina móvil",
        body="Un bus recorre los caminos.",
        languages=("es", "en"),
    )
    return conclusions


def test_a_practice_of_conclusions_is_a_record_with_its_source(
    client: Client, conclusions: Conclusions, editor: User, consultation_pages: ConsultationTree
) -> None:
    assert client.get(PAGE).context["items"] == []
    publish_draft(conclusions, editor)
    record = Record.objects.get(kind="practice")
    key = str(consultation_pages.consultation["es"].translation_key)
    assert (record.title, record.texts, record.facts) == (
        "Oficina móvil",
        {"measure": "Un bus recorre los caminos."},
        {"consultation": key},
    )
    assert [row.language for row in record.translations.all()] == ["en"]
    assert [item.title for item in client.get(f"{PAGE}?consultation=brasilia").context["items"]] == [
        "Oficina móvil (en)"
    ]
    page = client.get(record.path("en"))
    rows = {row["term"]: row for row in page.context["rows"]}
    assert rows["Conclusions of"]["links"][0]["url"] == "/en/consultations/brasilia/conclusions/"
    row = client.get("/api/v1/practices").json()["results"][0]
    assert (row["id"], row["organization"], row["countries"], row["consultation"]) == (
        record.public_id,
        None,
        [],
        key,
    )
    document = build(Subject(Source.RECORD, f"practice:{record.source_key}"), 1).documents[0]
    assert document.facets["consultation"] == (key,)


@pytest.mark.long
def test_a_next_version_keeps_the_number_or_withdraws_it(
    client: Client, conclusions: Conclusions, editor: User, consultation_pages: ConsultationTree
) -> None:
    publish_draft(conclusions, editor)
    record, part = Record.objects.get(kind="practice"), conclusions.parts.get(kind=PartKind.GOOD_PRACTICE)
    second = make_conclusions(consultation_pages, number=2)
    again = make_part(second, PartKind.GOOD_PRACTICE, heading="Oficina móvil", body="Dos buses.")
    second.parts.filter(pk=again.pk).update(key=part.key)
    publish_draft(second, editor)
    record.refresh_from_db()
    assert (record.version, record.texts) == (2, {"measure": "Dos buses."})
    publish_draft(make_conclusions(consultation_pages, number=3), editor)
    assert client.get(record.path("en")).status_code == 410
