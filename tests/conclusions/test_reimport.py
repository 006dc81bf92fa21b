"""A file read again with other words: what an editor did stays or is told, and the order is the file's."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.conclusions.domain import choose_force, set_disposition, set_facts
from portal.conclusions.enums import Outcome, PartKind
from portal.conclusions.importing.reports import Notice
from portal.conclusions.importing.targets import Undecided
from portal.conclusions.models import Evidence, Part, PartText
from portal.conclusions.support import Force
from portal.interventions.models import Intervention
from tests.conclusions.bringing import HUERTOS, LATER, ORCHARDS, bring, counts, text_of
from tests.factories.backed_conclusions import attach, passage_of
from tests.factories.organizations import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LADDERS = "Lend ladders at the town hall."
OTHER = "Pay beekeepers for every hive beside an orchard."
PICK = "Allow anybody to pick what hangs over a public path."


@pytest.fixture
def ladders(said: Intervention) -> Part:
    """A recommendation of an imported draft that rests on evidence."""
    bring()
    part = text_of("Lend ladders").part
    attach(part, passage_of(said), make_user(Group.EDITOR))
    return part


def numbers(*kinds: PartKind) -> list[tuple[str, str]]:
    rows = Part.objects.filter(kind__in=kinds).order_by("position")
    return [(part.number, part.texts.get(language="en").body) for part in rows]


def test_evidence_holds_a_recommendation_that_the_file_no_longer_has(ladders: Part) -> None:
    text = ORCHARDS.replace(f"• {LADDERS}\n", "")
    dry = bring(text, replace=True, dry_run=True)
    report = bring(text, replace=True)
    assert (report.missing, report.missing, report.errors) == ([LADDERS], dry.missing, [])
    assert (counts(report), report.notices) == (counts(dry), dry.notices)
    assert ladders.evidence.count() == 1


@pytest.mark.few(2)
@pytest.mark.parametrize("what", ["facts", "force", "disposition", "translation"])
def test_whatever_an_editor_put_beside_it_holds_it(what: str, said: Intervention, editor: User) -> None:
    draft, part, actor = bring().conclusions, text_of("Lend ladders").part, person(editor)
    if what == "facts":
        set_facts(part, addressees=["state"], is_from_plenary=True, actor=actor, now=NOW)
    elif what == "force":
        choose_force(part, category="", force=Force.MANY, note="Said", actor=actor, now=NOW)
    elif what == "disposition":
        values = {"outcome": Outcome.REFLECTED, "part": part, "actor": actor, "now": NOW}
        set_disposition(draft, intervention_key=said.key, **values)
    else:
        PartText.objects.create(part=part, language="es", body="Prestar escaleras.")
    report = bring(ORCHARDS.replace(f"• {LADDERS}\n", ""), replace=True)
    assert (report.missing, report.notices[Notice.REMOVED]) == ([LADDERS], [])
    assert Part.objects.filter(pk=part.pk).exists()


def test_what_goes_is_told() -> None:
    bring()
    text = ORCHARDS.replace(f"• {LADDERS}\n", "").replace(
        "⁵ The well of the mill was tested last in 1998.\n", ""
    )
    report = bring(text, replace=True)
    assert report.missing == []
    assert report.notices[Notice.REMOVED] == [
        "segment 1, priority area 1, [5]",
        f"recommendation 2.1.2: {LADDERS}",
    ]


@pytest.mark.long
def test_other_words_at_the_number_of_what_is_backed_are_refused(ladders: Part) -> None:
    report = bring(ORCHARDS.replace(LADDERS, OTHER), replace=True)
    assert [(error.where, error.field) for error in report.errors] == [("segment 2, priority area 1", "body")]
    assert (text_of("Lend ladders").part, ladders.evidence.count()) == (ladders, 1)
    assert not PartText.objects.filter(body=OTHER).exists()


def test_an_editor_and_the_file_who_both_write_anew_are_a_conflict() -> None:
    bring()
    text = text_of("Lend ladders")
    PartText.objects.filter(pk=text.pk).update(body="Build nests for owls.")
    report = bring(ORCHARDS.replace(LADDERS, OTHER), replace=True)
    assert [error.reason for error in report.errors] == [
        "An editor has changed this since it was imported. It was left as it is."
    ]
    assert Part.objects.filter(kind=PartKind.RECOMMENDATION, number="2.1.2").get() == text.part


def test_a_number_that_stands_twice_is_told() -> None:
    draft = bring().conclusions
    Part.objects.create(
        conclusions=draft,
        parent=text_of("Lend ladders").part.parent,
        kind=PartKind.RECOMMENDATION,
        number="2.1.2",
        position=99,
    )
    assert bring(now=LATER).notices[Notice.DOUBLED] == ["2.1.2 (2)"]


@pytest.mark.long
def test_evidence_under_new_words_is_told(ladders: Part) -> None:
    bring(HUERTOS, language="es")
    new = "Lend ladders at the town hall on Sundays."
    report = bring(ORCHARDS.replace(LADDERS, new), replace=True)
    assert counts(report)[1] == 1
    assert report.notices == {
        Notice.REWORDED: [f"recommendation 2.1.2: {new}"],
        Notice.OUTDATED: [f"recommendation 2.1.2: {new} (es)"],
    }
    assert Evidence.objects.get().part == ladders


def test_the_order_is_that_of_the_new_file() -> None:
    bring()
    text = ORCHARDS.replace(f"• {PICK}\n• {LADDERS}\n", f"• {LADDERS}\n• {PICK}\n")
    report = bring(text, replace=True)
    assert numbers(PartKind.RECOMMENDATION)[5:7] == [("2.1.1", LADDERS), ("2.1.2", PICK)]
    assert report.notices[Notice.REORDERED] == ["priority_area 2.1"]
    again = bring(text)
    assert (counts(again)[:2], again.notices) == ((0, 0), {})


def test_a_file_that_was_read_before_leaves_the_order_to_the_editor() -> None:
    bring()
    pick, ladders = text_of("Allow anybody").part, text_of("Lend ladders").part
    Part.objects.filter(pk=pick.pk).update(position=ladders.position)
    Part.objects.filter(pk=ladders.pk).update(position=pick.position)
    assert bring(now=LATER).notices == {}
    assert [body for _number, body in numbers(PartKind.RECOMMENDATION)[5:7]] == [LADDERS, PICK]


def test_words_of_an_editor_about_participants_hold_their_category() -> None:
    draft = bring().conclusions
    row = draft.participant_categories.get(code="financial_institution")
    row.texts.update(note="The only bank")
    report = bring(ORCHARDS.replace(" and one financial institution³", "").replace("³ The seed bank.\n", ""),
                   replace=True)  # fmt: skip
    assert report.missing == ["participants, financial_institution"]
    assert draft.participant_categories.filter(pk=row.pk).exists()


def test_the_same_words_are_no_translation() -> None:
    draft = bring().conclusions
    with pytest.raises(Undecided, match="same words"):
        bring(ORCHARDS, language="es", name="orchards.es.txt")
    assert not PartText.objects.filter(part__conclusions=draft, language="es").exists()


def test_single_texts_of_another_language_are_told() -> None:
    bring()
    english = "Name a person for each street who waters in dry weeks."
    spanish = next(line for line in HUERTOS.splitlines() if line.startswith("- Nombrar"))
    report = bring(HUERTOS.replace(spanish, f"- {english}"), language="es")
    assert report.notices[Notice.SAME_WORDS] == [f"recommendation 1.2.1: {english}"]
