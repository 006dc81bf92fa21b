"""Writing a draft by hand: its parts, their places and numbers, their words, the summary in plain words."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from portal.accounts.models import User
from portal.common.actors import VISITOR, Group, person
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, WrongState
from portal.conclusions.domain import set_disposition
from portal.conclusions.drafting.domain import (
    TextFields,
    add_part,
    mark_of,
    move_down,
    move_up,
    number_segment,
    place_below,
    remove_part,
    start_draft,
    summarize,
    summary_mark,
    write_text,
)
from portal.conclusions.enums import Outcome, PartKind
from portal.conclusions.models import Conclusions, Evidence, Part
from portal.conclusions.states import ConclusionsState
from portal.conclusions.trees import SegmentNamed
from portal.interventions.models import Intervention
from tests.factories import make_user
from tests.factories.backed_conclusions import (
    attach,
    make_conclusions,
    make_part,
    passage_of,
    publish_draft,
    recommendations_of,
)
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def outline(conclusions: Conclusions) -> list[tuple[str, str]]:
    return list(conclusions.parts.order_by("position").values_list("kind", "number"))


def added(
    conclusions: Conclusions, kind: PartKind, above: Part | None, editor: User, body: str = "X"
) -> Part:
    return add_part(
        conclusions, kind, TextFields("es", body=body), above=above, actor=person(editor), now=NOW
    )


def test_a_first_draft_begins_with_the_segments_of_the_consultation(editor: User) -> None:
    named = [SegmentNamed("1", {"es": "Uno", "en": "One"}), SegmentNamed("2", {"es": "Dos"})]
    draft = start_draft(uuid4(), language="es", segments=named, actor=person(editor), now=NOW)
    assert (draft.number, draft.language, draft.author) == (1, "es", editor)
    assert outline(draft) == [("segment", "1"), ("segment", "2")]
    first = draft.parts.first()
    assert first is not None
    assert list(first.texts.values_list("language", "heading")) == [("es", "Uno"), ("en", "One")]


def test_one_draft_of_a_consultation_is_open_at_a_time(conclusions: Conclusions, editor: User) -> None:
    with pytest.raises(Incomplete):
        start_draft(conclusions.consultation_key, language="es", actor=person(editor), now=NOW)
    assert Conclusions.objects.count() == 1


def test_after_a_published_version_a_copy_of_it_is_the_next_draft(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    summarize(conclusions, language="es", text="Claro.", seen=summary_mark(""), actor=person(editor), now=NOW)
    publish_draft(conclusions, editor)
    draft = start_draft(conclusions.consultation_key, language="en", actor=person(editor), now=NOW)
    assert (draft.number, draft.language, draft.state) == (2, "es", ConclusionsState.DRAFT)
    assert outline(draft) == outline(conclusions)
    assert list(draft.parts.values_list("key")) == list(conclusions.parts.values_list("key"))
    assert Evidence.objects.filter(part__conclusions=draft).count() == 1
    assert [row.text for row in draft.summaries.all()] == ["Claro."]


def test_a_new_part_comes_last_and_has_the_next_number(conclusions: Conclusions, editor: User) -> None:
    area = conclusions.parts.get(kind=PartKind.PRIORITY_AREA)
    segment = added(conclusions, PartKind.SEGMENT, None, editor)
    new = added(conclusions, PartKind.RECOMMENDATION, area, editor)
    practice = added(conclusions, PartKind.GOOD_PRACTICE, segment, editor)
    assert [part.number for part in (segment, new, practice)] == ["2", "1.1.3", "2.1"]
    assert [number for _kind, number in outline(conclusions)] == [
        "1",
        "1.1",
        "1.1.1",
        "1.1.2",
        "1.1.3",
        "2",
        "2.1",
    ]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("kind", "above"),
    [
        (PartKind.RECOMMENDATION, None),
        (PartKind.PRIORITY_AREA, PartKind.PRIORITY_AREA),
        (PartKind.SEGMENT, PartKind.SEGMENT),
        (PartKind.PARAGRAPH, PartKind.RECOMMENDATION),
    ],
)
def test_a_part_stands_only_where_its_kind_may(
    conclusions: Conclusions, editor: User, kind: PartKind, above: PartKind | None
) -> None:
    holder = conclusions.parts.filter(kind=above).first() if above else None
    with pytest.raises(Incomplete):
        added(conclusions, kind, holder, editor)
    assert conclusions.parts.count() == 4


def test_a_part_without_words_is_refused(conclusions: Conclusions, editor: User) -> None:
    with pytest.raises(Incomplete):
        added(conclusions, PartKind.SECTION, None, editor, body="  ")


def test_moving_numbers_neighbours_anew(conclusions: Conclusions, editor: User) -> None:
    first, second = recommendations_of(conclusions)
    actor = person(editor)
    assert move_down(first, actor=actor, now=NOW)
    assert [part.pk for part in recommendations_of(conclusions)] == [second.pk, first.pk]
    first.refresh_from_db()
    assert first.number == "1.1.2"
    assert (move_down(first, actor=actor, now=NOW), move_up(first, actor=actor, now=NOW)) == (False, True)
    assert [part.pk for part in recommendations_of(conclusions)] == [first.pk, second.pk]


def test_a_part_goes_to_another_area_with_its_words(conclusions: Conclusions, editor: User) -> None:
    segment = conclusions.parts.get(kind=PartKind.SEGMENT)
    other = added(conclusions, PartKind.PRIORITY_AREA, segment, editor)
    first, second = recommendations_of(conclusions)
    assert place_below(first, other, actor=person(editor), now=NOW)
    numbers = dict(Part.objects.values_list("pk", "number"))
    assert (numbers[first.pk], numbers[second.pk]) == ("1.2.1", "1.1.1")


def test_a_part_cannot_stand_in_itself(conclusions: Conclusions, editor: User) -> None:
    area = conclusions.parts.get(kind=PartKind.PRIORITY_AREA)
    with pytest.raises(Incomplete):
        place_below(area, area, actor=person(editor), now=NOW)


def test_a_segment_takes_another_number_with_all_below_it(conclusions: Conclusions, editor: User) -> None:
    segment = conclusions.parts.get(kind=PartKind.SEGMENT)
    number_segment(segment, "04", actor=person(editor), now=NOW)
    assert [number for _kind, number in outline(conclusions)] == ["4", "4.1", "4.1.1", "4.1.2"]


@pytest.mark.few(2)
@pytest.mark.parametrize("number", ["", "0", "two", "100", "2"])
def test_a_number_that_is_none_or_taken_is_refused(
    conclusions: Conclusions, editor: User, number: str
) -> None:
    added(conclusions, PartKind.SEGMENT, None, editor)
    segment = conclusions.parts.filter(kind=PartKind.SEGMENT).first()
    assert segment is not None
    with pytest.raises(Incomplete):
        number_segment(segment, number, actor=person(editor), now=NOW)


def test_words_are_written_by_language(conclusions: Conclusions, editor: User) -> None:
    part, actor = recommendations_of(conclusions)[0], person(editor)
    text = part.texts.get(language="en")
    new = TextFields("en", heading="  Open\nSaturdays ", body="One.\r\nTwo.", is_official=True)
    write_text(part, new, seen=mark_of(text), actor=actor, now=NOW)
    write_text(part, TextFields("pt", body="Abrir."), seen=mark_of(None), actor=actor, now=NOW)
    rows = part.texts.order_by("language").values_list("language", "heading", "body", "is_official")
    assert rows[0] == ("en", "Open Saturdays", "One.\nTwo.", True)
    assert rows[2] == ("pt", "", "Abrir.", False)


def test_words_that_somebody_changed_meanwhile_are_not_overwritten(
    conclusions: Conclusions, editor: User
) -> None:
    part, actor = recommendations_of(conclusions)[0], person(editor)
    seen = mark_of(part.texts.get(language="es"))
    write_text(part, TextFields("es", body="Mío.", is_official=True), seen=seen, actor=actor, now=NOW)
    with pytest.raises(OutOfDate):
        write_text(part, TextFields("es", body="Tuyo."), seen=seen, actor=actor, now=NOW)
    same = write_text(part, TextFields("es", body="Mío.", is_official=True), seen=seen, actor=actor, now=NOW)
    assert same.body == "Mío."


def test_a_part_goes_with_all_below_it_and_its_evidence(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    remove_part(conclusions.parts.get(kind=PartKind.PRIORITY_AREA), actor=person(editor), now=NOW)
    assert outline(conclusions) == [("segment", "1")]
    assert (Part.with_removed.count(), Evidence.objects.count()) == (1, 0)


def test_a_recommendation_that_dispositions_name_stays(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part, actor = recommendations_of(conclusions)[0], person(editor)
    set_disposition(
        conclusions, intervention_key=said.key, outcome=Outcome.REFLECTED, part=part, actor=actor, now=NOW
    )
    with pytest.raises(Incomplete):
        remove_part(part, actor=actor, now=NOW)
    assert conclusions.parts.filter(pk=part.pk).exists()


def test_a_summary_is_written_changed_and_taken_away(conclusions: Conclusions, editor: User) -> None:
    actor = person(editor)
    for before, text in (("", "Uno."), ("Uno.", "Dos."), ("Dos.", "")):
        summarize(conclusions, language="es", text=text, seen=summary_mark(before), actor=actor, now=NOW)
        assert [row.text for row in conclusions.summaries.all()] == ([text] if text else [])
    with pytest.raises(OutOfDate):
        summarize(conclusions, language="es", text="X", seen=summary_mark("Y"), actor=actor, now=NOW)


def test_nobody_else_writes_and_nothing_that_is_public(
    consultation_pages: ConsultationTree, editor: User
) -> None:
    public = make_conclusions(consultation_pages, state=ConclusionsState.PUBLISHED.value, published_at=NOW)
    for actor in (VISITOR, person(make_user(Group.MODERATOR))):
        with pytest.raises(NotAllowed):
            start_draft(uuid4(), language="es", actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            add_part(public, PartKind.SECTION, TextFields("es", body="X"), actor=actor, now=NOW)
    with pytest.raises(WrongState):
        added(public, PartKind.SECTION, None, editor)
    with pytest.raises(WrongState):
        remove_part(make_part(public, PartKind.SECTION, body="X"), actor=person(editor), now=NOW)
