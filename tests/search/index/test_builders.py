"""Public things as index documents: what is in them, in which languages, and who is shown which version."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core.checks import Error
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.common.actors import system
from portal.consultations.models import ConsultationPage, GuidingQuestionPage
from portal.interventions.enums import InterventionForm
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.pages.models import ContentPage, TimelinePage
from portal.publication.domain import publish
from portal.publication.enums import RecordKind, Relation
from portal.publication.projections import Link, Projection, Translated
from portal.records.types import record_types
from portal.submissions.states import SubmissionState
from search.engines.documents import IndexDocument
from search.index import checks
from search.index.builders import build, subjects
from search.index.builders.pages import KINDS
from search.index.drain import read
from search.index.outbox import Subject
from search.models import Source
from tests.factories import make_home, make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree, Pages

pytestmark = pytest.mark.django_db


def documents(source: Source, key: object) -> dict[str, IndexDocument]:
    """By language."""
    return {document.language: document for document in build(Subject(source, str(key)), 1).documents}


def text_of(document: IndexDocument) -> str:
    return "\n".join(passage.text for passage in document.passages)


def test_a_question_is_one_document_per_language(consultation_pages: ConsultationTree) -> None:
    key = consultation_pages.questions[0]
    by_language = documents(Source.PAGE, key)
    assert sorted(by_language) == ["en", "es", "fr", "pt"]
    spanish = by_language["es"]
    assert (spanish.id, spanish.kind, spanish.title) == (f"{key}/es", "question", "Which step number 1? (es)")
    assert spanish.path == "/{ui}/consultations/brasilia/segment-1/area-1/question-1/"
    assert spanish.facets == {
        "consultation": (str(consultation_pages.consultation["es"].translation_key),),
        "segment": (str(consultation_pages.segment["es"].translation_key),),
        "theme": (str(consultation_pages.area["es"].translation_key),),
    }
    assert {language: document.shown_in for language, document in by_language.items()} == {
        **{code: (code,) for code in ("es", "en", "pt", "fr")},
    }


def test_a_reader_without_translation_is_shown_the_original(home: Pages) -> None:
    page = ContentPage(title="Sobre", slug="sobre", introduction="Uno\nDos", locale=home["es"].locale)
    home["es"].add_child(instance=page)
    english = ContentPage(title="About", slug="sobre", locale=home["en"].locale)
    english.translation_key = page.translation_key
    home["en"].add_child(instance=english)
    by_language = documents(Source.PAGE, page.translation_key)
    assert {code: document.shown_in for code, document in by_language.items()} == {
        "es": ("es", "pt", "fr"),
        "en": ("en",),
    }
    assert text_of(by_language["es"]) == "Uno\nDos"


@pytest.fixture
def home() -> Pages:
    return make_home()


def test_every_text_of_a_page_is_found(home: Pages) -> None:
    body = [
        ("heading", "Un título"),
        ("paragraph", "<p>Un <b>párrafo</b></p><ul><li>punto</li></ul>"),
        ("notice", {"text": "Un aviso"}),
        ("steps", [{"title": "Paso", "text": "Hacer"}]),
    ]
    page = ContentPage(title="T", slug="t", heading="Título largo", locale=home["es"].locale, body=body)
    home["es"].add_child(instance=page)
    document = documents(Source.PAGE, page.translation_key)["es"]
    assert document.title == "Título largo"
    text = text_of(document)
    for part in ("T", "Un título", "párrafo", "punto", "Un aviso", "Paso", "Hacer"):
        assert part in text
    assert "<" not in text


def test_a_setting_of_a_block_is_no_text(home: Pages) -> None:
    entry = {"starts_on": date(2024, 4, 4), "precision": "month", "title": "Primera", "text": "Empieza"}
    page = TimelinePage(title="T", slug="t", locale=home["es"].locale, entries=[("entry", entry)])
    home["es"].add_child(instance=page)
    assert text_of(documents(Source.PAGE, page.translation_key)["es"]) == "Primera\nEmpieza"


def test_a_consultation_has_its_year_and_rich_text(consultation_pages: ConsultationTree) -> None:
    page = ConsultationPage.objects.get(pk=consultation_pages.consultation["es"].pk)
    page.starts_on, page.opening, page.theme = date(2024, 5, 16), "<p>Abrimos</p>", "Inclusión"
    page.save()
    document = documents(Source.PAGE, page.translation_key)["es"]
    assert (document.kind, document.year, document.dated) == ("consultation", 2024, date(2024, 5, 16))
    assert set(text_of(document).split("\n")) == {"Abrimos", "Inclusión"}


@pytest.mark.parametrize("hide", ["draft", "draft above", "restricted", "restricted above"])
def test_hidden_pages_are_not_built(consultation_pages: ConsultationTree, hide: str) -> None:
    for code, page in consultation_pages.question_pages[0].items():
        chosen = consultation_pages.segment[code] if hide.endswith("above") else page
        if hide.startswith("draft"):
            type(chosen).objects.filter(pk=chosen.pk).update(live=False)
        else:
            PageViewRestriction.objects.create(page=chosen, restriction_type="login")
    built = build(Subject(Source.PAGE, str(consultation_pages.questions[0])), 1)
    assert (built.documents, len(built.absent)) == ((), 4)


def test_an_intervention_is_built_from_the_ledger(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    intervention = make_intervention(
        organization,
        questions=consultation_pages.questions[:1],
        body="Cuerpo",
        recommendations=["Una", "Otra"],
    )
    record = publish_intervention(intervention)
    document = documents(Source.RECORD, f"intervention:{intervention.key}")["es"]
    assert (document.id, document.kind) == (f"{record.public_id}/es", "intervention")
    assert document.path == f"/{{ui}}/interventions/{record.public_id}/"
    assert text_of(document) == "Cuerpo\nUna\nOtra"
    assert document.facets["country"] == ("MX",)
    assert document.facets["organization_type"] == (organization.type_code,)
    assert document.facets["consultation"] == (str(consultation_pages.consultation["es"].translation_key),)
    assert document.details["organization"] == organization.name
    assert document.shown_in == ("es", "en", "pt", "fr")


def test_a_good_practice_is_told_apart(organization: Organization) -> None:
    practice = make_intervention(organization, form=InterventionForm.GOOD_PRACTICE)
    publish_intervention(practice)
    document = documents(Source.RECORD, f"intervention:{practice.key}")["es"]
    assert (document.kind, document.details["form"]) == ("intervention", "good_practice")


def test_an_untranslated_alias_leaves_readers_the_original(home: Pages) -> None:
    page = ContentPage(title="Sobre", slug="sobre", introduction="Uno", locale=home["es"].locale)
    home["es"].add_child(instance=page)
    page.copy_for_translation(home["en"].locale, alias=True)
    by_language = documents(Source.PAGE, page.translation_key)
    assert {code: document.shown_in for code, document in by_language.items()} == {
        "es": ("es", "en", "pt", "fr"),
    }


def test_saving_a_draft_changes_no_date(home: Pages) -> None:
    page = ContentPage(title="Sobre", slug="sobre", introduction="Uno", locale=home["es"].locale)
    home["es"].add_child(instance=page)
    before = documents(Source.PAGE, page.translation_key)["es"].fingerprint
    page.title = "Borrador"
    page.save_revision()
    assert documents(Source.PAGE, page.translation_key)["es"].fingerprint == before


def test_addresses_are_those_of_now(home: Pages) -> None:
    """Another process may have kept the home pages of an hour ago."""
    page = ContentPage(title="Sobre", slug="sobre", introduction="Uno", locale=home["es"].locale)
    home["es"].add_child(instance=page)
    documents(Source.PAGE, page.translation_key)
    Page.objects.filter(pk=home["es"].pk).update(url_path="/inicio/")
    Page.objects.filter(pk=page.pk).update(url_path="/inicio/sobre/")
    batch = read([Subject(Source.PAGE, str(page.translation_key))])
    assert [document.path for document in batch.documents] == ["/{ui}/sobre/"]


def test_a_pledge_takes_its_place_from_what_it_follows(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    intervention = make_intervention(organization, questions=consultation_pages.questions[:1])
    publish_intervention(intervention)
    pledge = make_pledge(organization, interventions=[intervention.key], external_id="GRF-07412")
    publish_pledge(pledge)
    document = documents(Source.RECORD, f"pledge:{pledge.key}")["es"]
    assert document.facets["segment"] == (str(consultation_pages.segment["es"].translation_key),)
    assert text_of(document).endswith("GRF-07412")


def test_translations_of_a_record_are_documents_of_their_own() -> None:
    key = uuid4()
    projection = Projection(
        kind=RecordKind.PLEDGE,
        source_key=key,
        language="es",
        title="Promesa",
        summary="Promesa",
        year=2024,
        texts={"description": "Texto"},
        links=(Link(Relation.SERVES, "statelessness"),),
        translations=(Translated("fr", "Engagement", {"description": "Texte"}),),
    )
    publish(projection, actor=system("tests"), now=timezone.now())
    by_language = documents(Source.RECORD, f"pledge:{key}")
    assert {code: (each.title, text_of(each), each.shown_in) for code, each in by_language.items()} == {
        "es": ("Promesa", "Texto", ("es", "en", "pt")),
        "fr": ("Engagement", "Texte", ("fr",)),
    }


def test_private_states_build_nothing(organization: Organization) -> None:
    for state in SubmissionState:
        intervention = make_intervention(organization, state=state)
        assert documents(Source.RECORD, f"intervention:{intervention.key}") == {}


def test_a_library_document_keeps_its_passages(library_document: Callable[..., LibraryDocument]) -> None:
    document = library_document("Los niños apátridas nacen en tránsito. " * 40, title="Nota", year=2023)
    built = documents(Source.DOCUMENT, document.public_id)["es"]
    rows = list(document.passages.order_by("position"))
    assert (built.kind, built.year, built.path) == (
        "document",
        2023,
        f"/{{ui}}/library/{document.public_id}/",
    )
    assert [(p.text, p.position, p.page, p.anchor) for p in built.passages] == [
        (row.text, row.position, row.page, f"p{row.position}") for row in rows
    ]


def test_subjects_name_everything_public(
    organization: Organization, library_document: Callable[..., LibraryDocument]
) -> None:
    intervention = make_intervention(organization)
    publish_intervention(intervention)
    document = library_document("Una nota")
    named = set(subjects())
    assert {
        Subject(Source.RECORD, f"intervention:{intervention.key}"),
        Subject(Source.RECORD, f"organization:{organization.key}"),
        Subject(Source.DOCUMENT, document.public_id),
    } <= named


@pytest.mark.parametrize(
    "document_id", ["nonsense", "D-00099/es", "I-00099/es", f"{UUID(int=9)}/es", "Z-00001/es", ""]
)
def test_an_index_id_of_nothing_is_to_go(document_id: str) -> None:
    built = build(Subject(Source.INDEX, document_id), 1)
    assert (built.documents, document_id in built.absent) == ((), True)


def test_an_index_id_of_something_builds_it(consultation_pages: ConsultationTree) -> None:
    document_id = f"{consultation_pages.questions[0]}/pt"
    built = build(Subject(Source.INDEX, document_id), 1)
    assert (len(built.documents), built.absent) == (4, ())


def test_every_text_of_every_kind_of_record_is_indexed(organization: Organization) -> None:
    for declared in record_types():
        texts = {name: f"canario {declared.kind} {name}" for name in declared.texts}
        projection = Projection(
            kind=declared.kind,
            source_key=uuid4(),
            language="es",
            title="T",
            summary="",
            year=2025,
            texts=dict(texts),
            organization_key=organization.key,
        )
        record = publish(projection, actor=system("tests"), now=timezone.now())
        built = build(Subject(Source.RECORD, f"{record.kind}:{record.source_key}"), 1)
        [document] = built.documents
        indexed = " ".join(passage.text for passage in document.passages)
        assert [text for text in texts.values() if text not in indexed] == []


def test_every_public_kind_has_a_builder() -> None:
    assert checks.every_public_kind_is_indexed(None) == []


def test_a_public_kind_without_a_builder_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    label = GuidingQuestionPage._meta.label
    monkeypatch.delitem(KINDS, label)
    assert checks.every_public_kind_is_indexed(None) == [
        Error(f"Page type {label} has no kind in search.index.builders.pages.KINDS.", id="search.E001"),
    ]
