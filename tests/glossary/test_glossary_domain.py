"""The glossary changes by two people: proposing, deciding, taking back, and what the database refuses."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Actor, Group, person, system
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, WrongState
from portal.common.events import history as events_of
from portal.glossary import domain, queries, rules
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.content import Content, tidied
from portal.taxonomy.enums import PROPOSAL_TRANSITIONS, ProposalState
from portal.taxonomy.models import Concept, GlossaryProposal
from tests.factories import make_user
from tests.thinning import rarely

NOW = timezone.now()
MEAL = tidied(
    "school meal",
    {
        "es": ["comida escolar", "almuerzo escolar"],
        "en": ["school meal"],
        "pt": ["refeição escolar"],
        "fr": ["repas scolaire"],
    },
    {"es": "En la escuela."},
    [],
)


@pytest.fixture
def colleague(db: None) -> User:
    return make_user(Group.EDITOR, name="Colleague")


@pytest.fixture
def statelessness(db: None) -> Concept:
    return Concept.objects.get(key="statelessness")


def changed(concept: Concept, **fields: object) -> Content:
    return replace(queries.concept_content(concept), **fields)


def propose_note(concept: Concept, user: User, note: str = "Una nota.") -> GlossaryProposal:
    content = changed(concept, notes={"es": note})
    return domain.propose_change(
        concept, content, revision=concept.revision, actor=person(user), now=NOW, comment="Why"
    )


def test_an_accepted_concept_is_in_force_and_a_waiting_one_is_not(editor: User, colleague: User) -> None:
    proposal = domain.propose_concept(MEAL, actor=person(editor), now=NOW)
    assert MEAL.key not in vocabulary.contents()
    accepted = domain.accept_proposal(proposal, actor=person(colleague), now=NOW, reason="Yes.")
    assert vocabulary.contents()[MEAL.key] == MEAL
    assert (accepted.state, accepted.decided_by, accepted.reason) == ("accepted", colleague, "Yes.")
    assert [row.action for row in events_of(domain.KIND, proposal.pk)] == ["proposed", "accepted"]


def test_a_change_replaces_terms_notes_and_relations(
    editor: User, colleague: User, statelessness: Concept
) -> None:
    wanted = changed(
        statelessness,
        terms={**queries.concept_content(statelessness).terms, "fr": ("apatridie", "absence de nationalité")},
        notes={"fr": "Une note."},
        broader=("refugee",),
    )
    proposal = domain.propose_change(
        statelessness, wanted, revision=statelessness.revision, actor=person(editor), now=NOW
    )
    domain.accept_proposal(proposal, actor=person(colleague), now=NOW)
    statelessness.refresh_from_db()
    assert (queries.concept_content(statelessness), statelessness.revision) == (wanted, 2)
    by_key = {concept.key: concept for concept in vocabulary.concepts()}
    assert by_key["statelessness"].broader == ("refugee",)
    assert by_key["refugee"].narrower == ("statelessness",)
    assert proposal.before["notes"] == {}


def test_a_removed_concept_is_not_in_force_and_comes_back_by_a_proposal(
    editor: User, colleague: User, statelessness: Concept
) -> None:
    before = queries.concept_content(statelessness)
    removal = domain.propose_removal(
        statelessness, revision=1, comment="Not ours.", actor=person(editor), now=NOW
    )
    domain.accept_proposal(removal, actor=person(colleague), now=NOW)
    assert "statelessness" not in {concept.key for concept in vocabulary.concepts()}
    back = domain.propose_concept(before, actor=person(colleague), now=NOW)
    domain.accept_proposal(back, actor=person(editor), now=NOW)
    statelessness.refresh_from_db()
    assert (vocabulary.contents()["statelessness"], statelessness.revision) == (before, 3)
    assert [row.kind for row in queries.history(statelessness)] == ["add", "remove"]


def test_nobody_decides_about_an_own_proposal(
    editor: User, administrator: User, statelessness: Concept
) -> None:
    for user in (editor, administrator):
        statelessness.refresh_from_db()
        proposal = propose_note(statelessness, user, f"Nota de {user}.")
        for decide in (
            lambda p=proposal, u=user: domain.accept_proposal(p, actor=person(u), now=NOW),
            lambda p=proposal, u=user: domain.decline_proposal(p, reason="No.", actor=person(u), now=NOW),
        ):
            with pytest.raises(NotAllowed):
                decide()
    assert set(GlossaryProposal.objects.values_list("state", flat=True)) == {"waiting"}


def test_the_database_refuses_one_person_for_both_sides(editor: User, statelessness: Concept) -> None:
    proposal = propose_note(statelessness, editor)
    rows = GlossaryProposal.objects.filter(pk=proposal.pk)
    for fields in (
        {"state": "accepted", "decided_by": editor, "decided_at": NOW},
        {"state": "declined", "decided_by": make_user(), "decided_at": NOW, "reason": ""},
        {"state": "accepted", "decided_by": make_user(), "decided_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**fields)


def test_a_decision_stands_when_both_people_have_gone(editor: User, statelessness: Concept) -> None:
    proposal, decider = propose_note(statelessness, editor), make_user()
    rows = GlossaryProposal.objects.filter(pk=proposal.pk)
    rows.update(state="accepted", decided_by=decider, decided_at=NOW)
    decider.delete()
    editor.delete()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.proposed_by) == ("accepted", None, None)


GROUPS_THAT_MAY = {Group.EDITOR, Group.ADMINISTRATOR}


@pytest.mark.parametrize("group", list(Group))
def test_groups_propose_and_decide(editor: User, statelessness: Concept, group: Group) -> None:
    proposal, actor = propose_note(statelessness, editor), person(make_user(group))
    may = group in GROUPS_THAT_MAY
    assert (rules.can_read_glossary(actor), rules.can_propose(actor)) == (may, may)
    assert (rules.can_decide(actor, proposal), rules.can_withdraw(actor, proposal)) == (may, False)
    if not may:
        with pytest.raises(NotAllowed):
            domain.accept_proposal(proposal, actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            domain.propose_concept(MEAL, actor=actor, now=NOW)


@pytest.mark.parametrize("actor", [VISITOR, system("worker")])
def test_visitor_and_system_neither_propose_nor_decide(
    editor: User, statelessness: Concept, actor: Actor
) -> None:
    proposal = propose_note(statelessness, editor)
    assert [rules.can_propose(actor), rules.can_decide(actor, proposal), rules.can_read_glossary(actor)] == [
        False
    ] * 3
    with pytest.raises(NotAllowed):
        domain.propose_removal(statelessness, revision=1, comment="R", actor=actor, now=NOW)


def test_only_the_system_takes_in_or_suggests(editor: User) -> None:
    with pytest.raises(NotAllowed):
        domain.take_in([MEAL], actor=person(editor), now=NOW)
    with pytest.raises(NotAllowed):
        domain.suggest_concept(MEAL, evidence=[], score=1.0, actor=person(editor), now=NOW)


def test_only_a_mined_proposal_that_waits_is_forgotten(editor: User, statelessness: Concept) -> None:
    mined = domain.suggest_concept(MEAL, evidence=[], score=1.0, actor=system("m"), now=NOW)
    written = propose_note(statelessness, editor)
    with pytest.raises(WrongState):
        domain.forget_suggestion(written, actor=system("m"), now=NOW)
    domain.forget_suggestion(mined, actor=system("m"), now=NOW)
    assert list(GlossaryProposal.objects.all()) == [written]


def test_nothing_is_taken_in_where_one_is_incomplete(db: None) -> None:
    with pytest.raises(Incomplete):
        domain.take_in([MEAL, tidied("half", {"es": ["medio"]}, {}, [])], actor=system("t"), now=NOW)
    assert MEAL.key not in vocabulary.contents()


def test_a_stale_proposal_cannot_be_accepted(editor: User, colleague: User, statelessness: Concept) -> None:
    first, second = propose_note(statelessness, editor, "A"), propose_note(statelessness, editor, "B")
    domain.accept_proposal(first, actor=person(colleague), now=NOW)
    assert queries.is_stale(queries.proposal(second.pk))
    with pytest.raises(OutOfDate):
        domain.accept_proposal(second, actor=person(colleague), now=NOW)
    assert vocabulary.contents()["statelessness"].notes == {"es": "A"}


def test_two_proposals_of_the_same_new_concept_make_one(editor: User, colleague: User) -> None:
    first, second = (domain.propose_concept(MEAL, actor=person(editor), now=NOW) for _ in range(2))
    domain.accept_proposal(first, actor=person(colleague), now=NOW)
    with pytest.raises(OutOfDate):
        domain.accept_proposal(second, actor=person(colleague), now=NOW)
    assert Concept.objects.filter(key=MEAL.key).count() == 1


def test_a_form_opened_before_the_last_change_is_refused(
    editor: User, colleague: User, statelessness: Concept
) -> None:
    domain.accept_proposal(propose_note(statelessness, editor), actor=person(colleague), now=NOW)
    with pytest.raises(OutOfDate):
        domain.propose_change(statelessness, MEAL, revision=1, actor=person(editor), now=NOW)


def test_a_decision_is_taken_once(editor: User, colleague: User, statelessness: Concept) -> None:
    proposal = propose_note(statelessness, editor)
    domain.decline_proposal(proposal, reason="No.", actor=person(colleague), now=NOW)
    for step in (
        lambda: domain.accept_proposal(proposal, actor=person(colleague), now=NOW),
        lambda: domain.decline_proposal(proposal, reason="No.", actor=person(colleague), now=NOW),
        lambda: domain.withdraw_proposal(proposal, actor=person(editor), now=NOW),
    ):
        with pytest.raises(WrongState):
            step()
    assert set(PROPOSAL_TRANSITIONS) == {ProposalState.WAITING}


def test_reasons_are_asked_for(editor: User, colleague: User, statelessness: Concept) -> None:
    proposal = propose_note(statelessness, editor)
    with pytest.raises(Incomplete):
        domain.decline_proposal(proposal, reason="  ", actor=person(colleague), now=NOW)
    with pytest.raises(Incomplete):
        domain.propose_removal(statelessness, revision=1, comment=" ", actor=person(editor), now=NOW)


def test_who_proposed_takes_it_back(editor: User, colleague: User, statelessness: Concept) -> None:
    proposal = propose_note(statelessness, editor)
    with pytest.raises(NotAllowed):
        domain.withdraw_proposal(proposal, actor=person(colleague), now=NOW)
    taken_back = domain.withdraw_proposal(proposal, actor=person(editor), now=NOW)
    assert (taken_back.state, taken_back.decided_by) == ("withdrawn", None)


def test_a_mined_proposal_needs_one_person_and_an_edited_one_two(editor: User, colleague: User) -> None:
    mined, edited = (
        domain.suggest_concept(
            replace(MEAL, key=key), evidence=[{"key": "I-00001"}], score=3.0, actor=system("m"), now=NOW
        )
        for key in ("one", "two")
    )
    assert domain.accept_proposal(mined, actor=person(editor), now=NOW).state == "accepted"
    mine = domain.propose_concept(
        replace(MEAL, key="two", notes={}), actor=person(editor), now=NOW, replaces=edited
    )
    edited.refresh_from_db()
    assert (edited.state, edited.decided_by, mine.evidence) == ("replaced", editor, [{"key": "I-00001"}])
    with pytest.raises(NotAllowed):
        domain.accept_proposal(mine, actor=person(editor), now=NOW)
    assert domain.accept_proposal(mine, actor=person(colleague), now=NOW).state == "accepted"


def test_a_mined_proposal_without_all_languages_cannot_be_accepted(editor: User) -> None:
    half = tidied("half", {"es": ["medio"], "en": ["half"]}, {}, [])
    mined = domain.suggest_concept(half, evidence=[], score=1.0, actor=system("m"), now=NOW)
    with pytest.raises(Incomplete) as refusal:
        domain.accept_proposal(mined, actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["pt", "fr"]


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"key": ""}, ["key"]),
        ({"key": "a|b"}, ["key"]),
        ({"key": "refugee"}, ["key"]),
        ({"terms": {"es": ("a",), "en": ("b",), "pt": ("", "x"), "fr": ("d",)}}, ["pt"]),
        ({"terms": dict.fromkeys(("es", "en", "pt", "fr"), ("…",))}, ["es", "en", "pt", "fr"]),
        ({"terms": {**MEAL.terms, "fr": ("a", "b" * 161)}}, ["variants_fr"]),
        ({"terms": {**MEAL.terms, "en": ("a;b",)}}, ["en"]),
        ({"notes": {"pt": "n" * 1001}}, ["note_pt"]),
        ({"broader": ("nobody knows it",)}, ["broader"]),
        ({"broader": (MEAL.key,)}, ["broader"]),
    ],
)
def test_what_is_wrong_is_told_by_field(editor: User, fields: dict[str, object], names: list[str]) -> None:
    with pytest.raises(Incomplete) as refusal:
        domain.propose_concept(replace(MEAL, **fields), actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == names
    assert GlossaryProposal.objects.count() == 0


def test_no_way_over_broader_concepts_leads_back(editor: User, colleague: User) -> None:
    rows = {key: Concept.objects.get(key=key) for key in ("refugee", "statelessness", "asylum-seeker")}
    for below, above in (("refugee", "statelessness"), ("statelessness", "asylum-seeker")):
        content = changed(rows[below], broader=(above,))
        proposal = domain.propose_change(rows[below], content, revision=1, actor=person(editor), now=NOW)
        domain.accept_proposal(proposal, actor=person(colleague), now=NOW)
    content = changed(rows["asylum-seeker"], broader=("refugee",))
    with pytest.raises(Incomplete) as refusal:
        domain.propose_change(rows["asylum-seeker"], content, revision=1, actor=person(editor), now=NOW)
    way = "asylum-seeker → refugee → statelessness → asylum-seeker"
    assert way in str(refusal.value.problems[0].message)


def test_a_cycle_that_only_both_proposals_make_is_refused_at_the_decision(
    editor: User, colleague: User
) -> None:
    one, two = Concept.objects.get(key="refugee"), Concept.objects.get(key="statelessness")
    proposals = [
        domain.propose_change(
            below, changed(below, broader=(above.key,)), revision=1, actor=person(editor), now=NOW
        )
        for below, above in ((one, two), (two, one))
    ]
    domain.accept_proposal(proposals[0], actor=person(colleague), now=NOW)
    with pytest.raises(Incomplete):
        domain.accept_proposal(proposals[1], actor=person(colleague), now=NOW)
    assert vocabulary.contents()["statelessness"].broader == ()


def test_a_change_that_changes_nothing_is_refused(editor: User, statelessness: Concept) -> None:
    with pytest.raises(WrongState):
        domain.propose_change(
            statelessness, changed(statelessness), revision=1, actor=person(editor), now=NOW
        )


def test_a_concept_keeps_its_key(editor: User, statelessness: Concept) -> None:
    with pytest.raises(WrongState):
        domain.propose_change(
            statelessness, changed(statelessness, key="other"), revision=1, actor=person(editor), now=NOW
        )


def test_homonyms_are_found_without_accents_and_case(editor: User) -> None:
    content = replace(MEAL, terms={**MEAL.terms, "es": ("Apatrida",)})
    assert [(each.language, each.text, each.concept_key) for each in queries.homonyms(content)] == [
        ("es", "apátrida", "stateless person")
    ]
    assert queries.homonyms(content, besides=["stateless person"]) == []


@pytest.mark.parametrize("number", [rarely(1), 5, rarely(30)])
def test_reads_of_the_glossary_ask_three_queries(
    db: None, django_assert_num_queries: object, number: int
) -> None:
    domain.take_in(
        [replace(MEAL, key=f"k{n}", broader=("refugee",)) for n in range(number)], actor=system("t"), now=NOW
    )
    with django_assert_num_queries(3):  # type: ignore[operator]
        vocabulary.concepts()
