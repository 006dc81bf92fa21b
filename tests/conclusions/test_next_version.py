"""A file after publication: the next version begins with all of the one before, and tells what goes."""

import pickle
from typing import Any

import pytest

from portal.accounts.models import User
from portal.conclusions.importing.reports import Notice
from portal.conclusions.models import Conclusions, Part, ParticipantText, PartText
from portal.conclusions.publishing.domain import publishing_problems
from portal.interventions.models import Intervention
from portal.publication.models import Record
from tests.cast import make_editor, make_focal_point, make_red_uno
from tests.conclusions.bringing import HUERTOS, LATER, ORCHARDS, bring, counts, text_of
from tests.conclusions.conftest import make_said
from tests.factories import make_consultation
from tests.factories.backed_conclusions import attach, passage_of, publish_draft

pytestmark = pytest.mark.django_db
LADDERS = "Lend ladders at the town hall."
BARREL = "Give a rain barrel to every street that plants more than five trees."
FEWER = ORCHARDS.replace(f"• {LADDERS}\n", "")


@pytest.fixture(scope="module")
def kept_rows(module_rows: None) -> bytes:
    """Public in two languages; one recommendation rests on evidence, the others came from the plenary.

    Made once for all tests here, each of which reads its own copies of the objects.
    """
    make_focal_point()
    organization, editor, tree = make_red_uno(), make_editor(), make_consultation()
    said = make_said(organization, tree)
    key = tree.consultation["es"].translation_key
    draft = bring(key=key).conclusions
    bring(HUERTOS, language="es", key=key)
    attach(text_of("Lend ladders").part, passage_of(said), editor)
    publish_draft(draft, editor)
    draft.refresh_from_db()
    return pickle.dumps({"editor": editor, "said": said, "first": draft})


@pytest.fixture
def rows(kept_rows: bytes, db: None) -> dict[str, Any]:
    return pickle.loads(kept_rows)


@pytest.fixture
def editor(rows: dict[str, Any]) -> User:
    return rows["editor"]


@pytest.fixture
def said(rows: dict[str, Any]) -> Intervention:
    return rows["said"]


@pytest.fixture
def first(rows: dict[str, Any]) -> Conclusions:
    return rows["first"]


def recommendation(draft: Conclusions, words: str) -> Part:
    return draft.parts.get(texts__body=words)


@pytest.mark.long
def test_other_languages_participants_and_evidence_come_along(first: Conclusions, said: Intervention) -> None:
    text = ORCHARDS.replace("Open the old wells", "Open all the old wells")
    report = bring(text, key=first.consultation_key, now=LATER)
    second = report.conclusions
    assert (second.number, second.language, counts(report)[:2]) == (2, "en", (0, 1))
    spanish = PartText.objects.filter(language="es")
    translated = [spanish.filter(part__conclusions=each).count() for each in (first, second)]
    assert translated[0] == translated[1] > 0
    texts = [ParticipantText.objects.filter(category__conclusions=each).count() for each in (first, second)]
    assert texts[0] == texts[1] == 16
    assert recommendation(second, LADDERS).evidence.get().intervention_key == said.key
    assert publishing_problems(second) == []
    wells = next(node.body for node in report.document.nodes() if node.body.startswith("Open all"))
    assert report.notices == {
        Notice.REWORDED: [f"recommendation 1.1.1: {wells}"],
        Notice.OUTDATED: [f"recommendation 1.1.1: {wells} (es)"],
    }


def test_a_file_in_another_language_keeps_the_original(first: Conclusions) -> None:
    text = HUERTOS.replace("Prestar escaleras", "Prestar escaleras y cestas")
    second = bring(text, language="es", key=first.consultation_key).conclusions
    assert (second.number, second.language) == (2, "en")
    assert (
        recommendation(second, LADDERS).texts.get(language="es").body.startswith("Prestar escaleras y cestas")
    )
    assert second.participant_categories.count() == first.participant_categories.count()


def test_what_an_editor_wrote_in_the_version_before_comes_along(first: Conclusions, editor: User) -> None:
    PartText.objects.filter(part__conclusions=first, body=LADDERS).update(body="Lend long ladders.")
    text = ORCHARDS.replace("Open the old wells", "Open all the old wells")
    report = bring(text, key=first.consultation_key)
    assert report.errors == []
    assert recommendation(report.conclusions, "Lend long ladders.").evidence.exists()


@pytest.mark.long
def test_what_goes_is_told_with_its_public_number(first: Conclusions) -> None:
    record = Record.objects.get(source_key=recommendation(first, LADDERS).key)
    dry = bring(FEWER, key=first.consultation_key, dry_run=True)
    report = bring(FEWER, key=first.consultation_key)
    assert report.notices == dry.notices
    assert report.notices == {
        Notice.REMOVED: [f"recommendation 2.1.2: {LADDERS}"],
        Notice.LEFT_BEHIND: [f"recommendation 2.1.2: {LADDERS} (1 evidence)"],
        Notice.WITHDRAWN: [f"{record.public_id} Lend ladders at the town hall"],
    }
    again = bring(FEWER, key=first.consultation_key)
    assert (counts(again)[:2], list(again.notices)) == ((0, 0), [Notice.WITHDRAWN])


def test_another_document_is_told_in_full(first: Conclusions) -> None:
    text = "SEGMENT I: Kettles\n\nKettles were seen.\n\nRecommendations:\n\n• Clean the kettles weekly.\n"
    report = bring(text, key=first.consultation_key)
    second = report.conclusions
    assert [part.kind for part in second.parts.all()] == ["segment", "paragraph", "recommendation"]
    assert len(report.notices[Notice.WITHDRAWN]) == Record.objects.filter(kind="recommendation").count() == 8
    lines = report.notices[Notice.LEFT_BEHIND]
    codes = first.participant_categories.order_by("code").values_list("code", flat=True)
    assert lines[:9] == ["language es", *(f"participants, {code}" for code in codes)]
    assert [line.split(" ")[0] for line in lines[9:]] == ["recommendation"] * 8


@pytest.mark.long
def test_a_permanent_number_comes_back_after_a_version_without_it(first: Conclusions, editor: User) -> None:
    key = recommendation(first, LADDERS).key
    number = Record.objects.get(source_key=key).public_id
    second = bring(FEWER, key=first.consultation_key).conclusions
    publish_draft(second, editor)
    assert not Record.objects.get(source_key=key).is_published
    third = bring(ORCHARDS + "\nThe end.\n", key=first.consultation_key).conclusions
    assert (third.number, recommendation(third, LADDERS).key) == (3, key)
    assert recommendation(third, LADDERS).evidence.exists()
    publish_draft(third, editor)
    record = Record.objects.get(source_key=key)
    assert (record.is_published, record.public_id) == (True, number)


@pytest.mark.long
def test_a_number_does_not_come_back_for_other_words(first: Conclusions, editor: User) -> None:
    key = recommendation(first, LADDERS).key
    publish_draft(bring(FEWER, key=first.consultation_key).conclusions, editor)
    other = ORCHARDS.replace(LADDERS, "Pay beekeepers for every hive beside an orchard.")
    third = bring(other, key=first.consultation_key).conclusions
    assert not third.parts.filter(key=key).exists()


def test_facts_of_the_version_before_count_as_backing(first: Conclusions) -> None:
    report = bring(ORCHARDS.replace(f"• {BARREL}\n", ""), key=first.consultation_key)
    assert report.notices[Notice.LEFT_BEHIND] == [
        f"recommendation 1.1.2: {BARREL} (1 facts of a recommendation, 1 addressee)"
    ]


def test_own_parts_of_an_editor_come_along_and_are_told(first: Conclusions) -> None:
    """Also those of a version that was written at the desk and never imported."""
    part = recommendation(first, LADDERS)
    Part.objects.filter(pk=part.pk).update(import_digest="")
    part.texts.update(import_digest="")
    report = bring(FEWER, key=first.consultation_key)
    assert (report.missing, report.notices) == ([LADDERS], {})
    assert recommendation(report.conclusions, LADDERS).evidence.exists()


def test_a_file_that_says_what_was_written_at_the_desk_is_no_conflict(first: Conclusions) -> None:
    """An editor's segments have a summary and no label."""
    first.parts.update(import_digest="")
    texts = PartText.objects.filter(part__conclusions=first)
    texts.update(import_digest="", label="")
    texts.filter(part__kind="segment").update(body="A summary.")
    report = bring(ORCHARDS + "\n", key=first.consultation_key)
    assert (report.errors, report.missing, report.notices) == ([], [], {})
    assert report.conclusions.parts.filter(texts__body="A summary.", texts__language="en").count() == 2
