"""Conclusions in a draft: once, kept where an editor changed them, joined by their translations."""

import pytest
from django.db import IntegrityError, transaction

from portal.common.actors import VISITOR, system
from portal.common.errors import NotAllowed
from portal.common.models import Event
from portal.conclusions.document import parse
from portal.conclusions.drafting.domain import place_below, remove_part
from portal.conclusions.drafting.placement import with_all_below
from portal.conclusions.enums import PartKind, Unit
from portal.conclusions.importing.reports import Notice
from portal.conclusions.importing.run import import_document
from portal.conclusions.importing.targets import SourceFile, Undecided
from portal.conclusions.models import (
    Conclusions,
    Footnote,
    Part,
    ParticipantCategory,
    ParticipantText,
    PartText,
    Source,
)
from portal.conclusions.trees import branches_of
from portal.library.extraction import extract
from tests.conclusions.bringing import (
    COVER_LINES,
    HUERTOS,
    KEY,
    LATER,
    NOW,
    ORCHARDS,
    bring,
    counts,
    publish,
    text_of,
)

pytestmark = pytest.mark.django_db
TABLES = (Conclusions, Source, Part, PartText, Footnote, ParticipantCategory, ParticipantText, Event)


def rows() -> list[int]:
    return [table._default_manager.count() for table in TABLES]


def test_a_file_becomes_a_draft_in_its_order() -> None:
    report = bring()
    draft = report.conclusions
    assert (draft.number, draft.state, draft.language, draft.consultation_key) == (1, "draft", "en", KEY)
    assert [(source.file_name, source.language) for source in draft.sources.all()] == [
        ("orchards.en.txt", "en")
    ]
    branches = branches_of(draft)
    nodes = list(report.document.nodes())
    assert [(each.part.kind, each.part.number, each.text().body) for each in branches] == [
        (node.kind, node.number, node.body) for node in nodes
    ]
    assert [len(each.children) for each in branches] == [len(node.children) for node in nodes]
    assert report.created == len(nodes) + 5 + 8
    assert set(PartText.objects.values_list("is_official", flat=True)) == {True}


def test_footnotes_and_participants_are_stored() -> None:
    draft = bring().conclusions
    notes = Footnote.objects.filter(part__conclusions=draft)
    assert [(note.number, note.text) for note in notes if note.part.kind == PartKind.PARTICIPANTS] == [
        ("1", "Hillford, Lakewood, Marsh End and Riverside."),
        ("2", "The school of trees and the college of soils."),
        ("3", "The seed bank."),
        ("4", "Canada, France, Italy, Japan and Norway."),
    ]
    rows = draft.participant_categories.all()
    assert [(row.code, row.official_count, row.unit) for row in rows][:3] == [
        ("total", 90, Unit.PERSONS),
        ("state", 3, Unit.BODIES),
        ("municipality", 4, Unit.BODIES),
    ]
    assert rows[2].texts.get().names == "Hillford, Lakewood, Marsh End and Riverside."


def test_a_second_run_changes_nothing() -> None:
    created = bring().created
    before = rows()
    report = bring(now=LATER)
    assert counts(report) == (0, 0, created, 0)
    assert (rows(), Conclusions.objects.get().updated_at) == (before, NOW)


def test_a_dry_run_counts_the_same_and_writes_nothing() -> None:
    before = rows()
    created = bring(dry_run=True).created
    assert rows() == before
    assert bring().created == created


def test_a_new_file_changes_what_it_says_anew_and_keeps_the_keys() -> None:
    bring()
    keys = {text.body: text.part.key for text in PartText.objects.select_related("part")}
    text = ORCHARDS.replace("Lend ladders at the town hall.", "Lend ladders and baskets at the town hall.")
    text = text.replace("• Let schools sell", "• Let pupils keep what they earn.\n• Let schools sell")
    report = bring(text, now=LATER, replace=True)
    assert counts(report)[:2] == (1, 2)
    ladders = text_of("Lend ladders and baskets")
    assert ladders.part.key == keys["Lend ladders at the town hall."]
    earned, sold = text_of("Let pupils").part, text_of("Let schools").part
    assert (earned.number, sold.number, earned.position + 1) == ("2.2.1", "2.2.2", sold.position)
    assert sold.key == keys["Let schools sell juice on market days."]


def test_what_an_editor_changed_is_kept() -> None:
    bring()
    ladders = text_of("Lend ladders")
    PartText.objects.filter(pk=ladders.pk).update(body="Lend long ladders.")
    Part.objects.filter(pk=ladders.part_id).update(number="9", kind=PartKind.GOOD_PRACTICE)
    before = rows()
    assert counts(bring(now=LATER))[1::2] == (0, 0)
    ladders.refresh_from_db()
    assert (ladders.body, ladders.part.number, ladders.part.kind) == (
        "Lend long ladders.",
        "9",
        PartKind.GOOD_PRACTICE,
    )
    assert rows() == before


def test_where_file_and_editor_both_changed_the_editor_is_kept_and_it_is_told() -> None:
    bring()
    PartText.objects.filter(pk=text_of("Lend ladders").pk).update(body="Lend long ladders at the hall.")
    text = ORCHARDS.replace("Lend ladders at the town hall.", "Lend short ladders at the town hall.")
    report = bring(text, now=LATER, replace=True)
    assert [(error.where, error.field) for error in report.errors] == [("segment 2, priority area 1", "body")]
    assert text_of("Lend long ladders").body == "Lend long ladders at the hall."


def test_parts_of_an_editor_stay_in_their_place() -> None:
    draft = bring().conclusions
    after = text_of("Lend ladders").part
    Part.objects.filter(position__gt=after.position).update(position=100)
    own = Part.objects.create(
        conclusions=draft, parent=after.parent, kind=PartKind.RECOMMENDATION, position=after.position + 1
    )
    PartText.objects.create(part=own, language="en", body="Lend baskets.")
    for position, part in enumerate(Part.objects.filter(position=100), start=own.position + 1):
        Part.objects.filter(pk=part.pk).update(position=position)
    assert counts(bring(now=LATER))[:2] == (0, 0)
    text = ORCHARDS.replace("• Let schools sell", "• Let pupils keep it.\n• Let schools sell")
    report = bring(text, replace=True)
    assert (report.created, report.missing) == (1, [])
    own.refresh_from_db()
    assert own.position == after.position + 1


@pytest.mark.long
def test_what_an_editor_removed_stays_away() -> None:
    """Also a priority area with all in it, in a changed file, and in its translation."""
    draft = bring().conclusions
    assert draft is not None
    leaf, area = (
        draft.parts.filter(kind=PartKind.RECOMMENDATION).last(),
        draft.parts.filter(number="1.1").get(),
    )
    assert leaf is not None
    gone = len(with_all_below(area)) + 1
    stands = draft.parts.count() - gone
    for part in (leaf, area):
        remove_part(part, actor=system("test"), now=LATER)
    again = bring(now=LATER)
    assert (counts(again)[:2], again.errors, len(again.notices[Notice.LEFT_OUT])) == ((0, 0), [], gone)
    changed = bring(f"{ORCHARDS}\n", replace=True)
    translated = bring(HUERTOS, language="es")
    assert [
        draft.parts.count(),
        len(changed.notices[Notice.LEFT_OUT]),
        translated.notices[Notice.LEFT_OUT] != [],
    ] == [stands, gone, True]
    assert {branch.part.pk for branch in branches_of(draft)}.isdisjoint({leaf.pk, area.pk})


@pytest.mark.long
def test_what_an_editor_moved_out_of_a_removed_part_stays() -> None:
    draft = bring().conclusions
    assert draft is not None
    area, other = draft.parts.get(number="1.1"), draft.parts.get(number="1.2")
    moved = next(part for part in with_all_below(area) if part.kind == PartKind.RECOMMENDATION)
    place_below(moved, other, actor=system("test"), now=LATER)
    remove_part(Part.objects.get(pk=area.pk), actor=system("test"), now=LATER)
    assert counts(bring(now=LATER))[:2] == (0, 0)
    assert Part.objects.get(pk=moved.pk).parent == other


def test_what_the_file_no_longer_has_goes_unless_an_editor_changed_it() -> None:
    bring()
    PartText.objects.filter(pk=text_of("Lend ladders").pk).update(body="Lend long ladders.")
    text = ORCHARDS.replace("• Lend ladders at the town hall.\n", "")
    text = text.replace("• Give a rain barrel to every street that plants more than five trees.\n", "")
    report = bring(text, replace=True)
    assert report.missing == ["Lend long ladders."]
    assert not PartText.objects.filter(body__startswith="Give a rain barrel").exists()


def test_a_different_file_is_refused_while_the_draft_is_open() -> None:
    bring()
    before = rows()
    with pytest.raises(Undecided, match=r"orchards\.en\.txt"):
        bring(ORCHARDS + "\nMore.\n", name="other.txt")
    assert rows() == before


def test_another_language_joins_the_tree() -> None:
    draft = bring().conclusions
    parts = list(draft.parts.values_list("key", "kind", "number", "position"))
    report = bring(HUERTOS, language="es")
    assert (report.conclusions, report.errors, report.untranslated) == (draft, [], [COVER_LINES])
    assert report.unpaired == []
    assert list(draft.parts.values_list("key", "kind", "number", "position")) == parts
    pairs = {
        "Open the old wells": "Abrir los pozos viejos",
        "Marsh End marks": "Marsh End marca",
        "Let schools": "Dejar que las escuelas",
    }
    for english, spanish in pairs.items():
        assert text_of(english).part == text_of(spanish, "es").part
    assert text_of("Abrir", "es").is_official
    assert Footnote.objects.filter(language="es").count() == 5
    assert ParticipantText.objects.filter(language="es").count() == 8
    assert set(draft.sources.values_list("language", flat=True)) == {"en", "es"}


@pytest.mark.long
def test_a_translation_twice_changes_nothing() -> None:
    bring()
    created = bring(HUERTOS, language="es").created
    before = rows()
    assert counts(bring(HUERTOS, language="es", now=LATER)) == (0, 0, created, 0)
    assert rows() == before
    assert counts(bring(now=LATER))[:2] == (0, 0)


def test_what_does_not_pair_is_listed() -> None:
    bring()
    text = HUERTOS.replace("- Prestar escaleras en el ayuntamiento.\n", "")
    text = text.replace(
        "## VI. Clausura",
        "## SEGMENTO III: Vino\n\nDel vino se habló también.\n\n## VI. Clausura",
    )
    report = bring(text, language="es")
    assert [piece.text for piece in report.unpaired] == [
        "SEGMENTO III:",
        "Vino",
        "Del vino se habló también.",
    ]
    assert "recommendation 2.1.2: Lend ladders at the town hall." in report.untranslated
    assert not PartText.objects.filter(language="es", body__startswith="Del vino").exists()


def test_after_publication_a_file_becomes_the_next_version() -> None:
    first = bring().conclusions
    publish(first)
    before = rows()
    same = bring(now=LATER)
    assert (same.is_public, counts(same)[:2], rows()) == (True, (0, 0), before)

    text = ORCHARDS.replace("Lend ladders at the town hall.", "Lend ladders and baskets at the town hall.")
    second = bring(text, now=LATER).conclusions
    assert (second.number, second.state, second.consultation_key) == (2, "draft", KEY)
    keys = dict(PartText.objects.filter(part__conclusions=second).values_list("body", "part__key"))
    assert keys["Lend ladders and baskets at the town hall."] == (
        first.parts.get(texts__body="Lend ladders at the town hall.").key
    )
    assert set(second.parts.values_list("key", flat=True)) == set(first.parts.values_list("key", flat=True))
    assert first.parts.filter(texts__body="Lend ladders at the town hall.").count() == 1


@pytest.mark.long
def test_after_publication_a_first_translation_joins_a_copy_of_the_tree() -> None:
    first = bring().conclusions
    publish(first)
    second = bring(HUERTOS, language="es").conclusions
    assert (second.number, second.language) == (2, "en")
    assert list(second.parts.values_list("key", "position")) == list(
        first.parts.values_list("key", "position")
    )
    assert PartText.objects.filter(part__conclusions=first, language="es").count() == 0
    assert PartText.objects.filter(part__conclusions=second, language="en").count() == first.parts.count()
    assert PartText.objects.filter(part__conclusions=second, language="es").exists()


def test_only_editors_and_the_system_import() -> None:
    document = parse(extract(ORCHARDS.encode(), "orchards.txt"), "en")
    with pytest.raises(NotAllowed):
        import_document(
            document,
            source=SourceFile("orchards.txt", "x", "en"),
            consultation_key=KEY,
            actor=VISITOR,
            now=NOW,
        )


def test_the_database_holds_one_open_version_a_consultation() -> None:
    draft = bring().conclusions
    with pytest.raises(IntegrityError), transaction.atomic():
        Conclusions.objects.create(
            consultation_key=KEY, number=2, language="en", created_at=NOW, updated_at=NOW
        )
    publish(draft)
    Conclusions.objects.create(consultation_key=KEY, number=2, language="en", created_at=NOW, updated_at=NOW)


def test_the_event_log_tells_what_an_import_did() -> None:
    report = bring()
    event = Event.objects.get(object_kind="conclusions")
    assert (event.action, event.object_key, event.details) == (
        "imported",
        str(report.conclusions.key),
        {"language": "en", "created": report.created, "updated": 0},
    )
