"""Evidence, dispositions and publishing: who may, what is refused, what enters the ledger."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import User
from portal.common.actors import VISITOR, Actor, Group, person, system
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, WrongState
from portal.common.models import Event
from portal.conclusions import domain, rules
from portal.conclusions.domain import Passage, attach_evidence, detach_evidence, set_disposition, set_facts
from portal.conclusions.drafting import domain as drafting
from portal.conclusions.drafting.domain import TextFields
from portal.conclusions.enums import Outcome, Stance, Unit
from portal.conclusions.models import (
    Conclusions,
    Disposition,
    Evidence,
    Part,
    PublicConclusions,
    PublicDisposition,
)
from portal.conclusions.participation.domain import set_figure
from portal.conclusions.publishing.domain import mark_of, publish_conclusions, publishing_problems
from portal.conclusions.support import Force
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.conclusions.conftest import BODY
from tests.factories import make_intervention, make_user
from tests.factories.backed_conclusions import (
    PASSAGE,
    add_recommendation,
    attach,
    complete,
    make_conclusions,
    passage_of,
    publish_draft,
    recommendations_of,
)
from tests.factories.pages import ConsultationTree

NOW = timezone.now()


def test_evidence_keeps_place_words_and_version(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    evidence = attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    assert (evidence.words, evidence.start, evidence.end, evidence.version) == (PASSAGE, 12, 39, 1)
    assert (evidence.language, evidence.attached_by) == ("es", editor)
    conclusions.refresh_from_db()
    assert conclusions.author == editor


def test_the_same_passage_again_is_one_evidence(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    attach(part, passage_of(said), editor)
    attach(part, passage_of(said), editor, Stance.AGAINST)
    assert list(part.evidence.values_list("stance", "words")) == [("against", PASSAGE)]


def test_evidence_may_be_from_what_waits_for_moderation(
    conclusions: Conclusions, organization: Organization, editor: User
) -> None:
    waiting = make_intervention(organization, body=BODY, state=SubmissionState.SUBMITTED)
    assert attach(recommendations_of(conclusions)[0], passage_of(waiting), editor).version == 0


@pytest.mark.parametrize(
    "state", [SubmissionState.DRAFT, SubmissionState.RETURNED, SubmissionState.WITHDRAWN]
)
def test_no_evidence_from_what_is_being_written(
    conclusions: Conclusions, organization: Organization, editor: User, state: str
) -> None:
    written = make_intervention(organization, body=BODY, state=SubmissionState(state))
    with pytest.raises(Incomplete):
        attach(recommendations_of(conclusions)[0], passage_of(written), editor)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "place",
    [("body", 500, 510), ("body", 11, 12), ("body", 5, 5), ("text", 0, 5), ("recommendations.7", 0, 5)],
)
def test_a_passage_that_is_not_there_is_refused(
    conclusions: Conclusions, said: Intervention, editor: User, place: tuple[str, int, int]
) -> None:
    field, start, end = place
    passage = Passage(intervention_key=said.key, field=field, start=start, end=end)
    with pytest.raises(Incomplete) as refused:
        attach(recommendations_of(conclusions)[0], passage, editor)
    assert [problem.field for problem in refused.value.problems] == ["passage"]
    assert Evidence.objects.count() == 0


def test_only_a_recommendation_rests_on_evidence(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    with pytest.raises(WrongState):
        attach(conclusions.parts.get(kind="segment"), passage_of(said), editor)


@pytest.mark.parametrize("name", ["focal_point", "moderator", "commissioner"])
def test_only_editors_draft(
    conclusions: Conclusions, said: Intervention, name: str, request: pytest.FixtureRequest
) -> None:
    part, actor = recommendations_of(conclusions)[0], person(request.getfixturevalue(name))
    with pytest.raises(NotAllowed):
        attach_evidence(part, passage_of(said), stance=Stance.SUPPORTS, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        set_facts(part, addressees=[], is_from_plenary=True, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        set_disposition(
            conclusions, intervention_key=said.key, outcome=Outcome.CARRIED_OVER, actor=actor, now=NOW
        )
    with pytest.raises(NotAllowed):
        publish_conclusions(conclusions, actor=actor, now=NOW)


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("outcome", "with_part", "reason", "fields"),
    [
        (Outcome.REFLECTED, False, "", ["recommendation"]),
        (Outcome.REFLECTED, True, "", []),
        (Outcome.PARTLY, True, " ", ["reason"]),
        (Outcome.PARTLY, False, "", ["recommendation", "reason"]),
        (Outcome.NOT_REFLECTED, False, "", ["reason"]),
        (Outcome.NOT_REFLECTED, False, "Nadie más lo dijo.", []),
        (Outcome.OUT_OF_SCOPE, False, "", ["reason"]),
        (Outcome.ALREADY_COVERED, False, "", []),
        (Outcome.CARRIED_OVER, False, "", []),
    ],
)
def test_each_outcome_says_what_it_must(
    conclusions: Conclusions, editor: User, outcome: Outcome, with_part: bool, reason: str, fields: list[str]
) -> None:
    part = recommendations_of(conclusions)[0] if with_part else None
    key = uuid4()

    def decide() -> None:
        set_disposition(
            conclusions,
            intervention_key=key,
            outcome=outcome,
            part=part,
            reason=reason,
            actor=person(editor),
            now=NOW,
        )

    if fields:
        with pytest.raises(Incomplete) as refused:
            decide()
        assert [problem.field for problem in refused.value.problems] == fields
    else:
        decide()
        assert conclusions.dispositions.get().outcome == outcome


def test_a_disposition_names_a_recommendation_of_its_own_conclusions(
    conclusions: Conclusions, consultation_pages: ConsultationTree, editor: User
) -> None:
    other = make_conclusions(consultation_pages, consultation_key=uuid4())
    for part in (recommendations_of(other)[0], conclusions.parts.get(kind="segment")):
        with pytest.raises(Incomplete):
            set_disposition(
                conclusions,
                intervention_key=uuid4(),
                outcome=Outcome.REFLECTED,
                part=part,
                actor=person(editor),
                now=NOW,
            )


def test_publishing_is_refused_with_the_full_list(
    conclusions: Conclusions, said: Intervention, editor: User, organization: Organization
) -> None:
    first, second = recommendations_of(conclusions)
    waiting = make_intervention(organization, body=BODY, state=SubmissionState.SUBMITTED)
    attach(first, passage_of(waiting), editor)
    with pytest.raises(Incomplete) as refused:
        publish_conclusions(conclusions, actor=person(make_user(Group.EDITOR)), now=NOW)
    fields = [f"recommendation:{first.key}", f"recommendation:{second.key}", f"intervention:{said.key}"]
    assert [problem.field for problem in refused.value.problems] == fields
    assert "1.1.1" in str(refused.value.problems[0].message)
    assert not Record.objects.filter(kind=RecordKind.RECOMMENDATION).exists()
    assert [problem.field for problem in publishing_problems(conclusions)] == fields


def test_conclusions_without_recommendation_are_not_published(
    consultation_pages: ConsultationTree, editor: User
) -> None:
    conclusions = make_conclusions(consultation_pages, recommendations=0)
    with pytest.raises(Incomplete):
        publish_conclusions(conclusions, actor=person(editor), now=NOW)


def test_publishing_takes_a_second_person(conclusions: Conclusions, editor: User) -> None:
    complete(conclusions, editor)
    for actor in (person(editor), system("import"), VISITOR):
        with pytest.raises(NotAllowed):
            publish_conclusions(conclusions, actor=actor, now=NOW)
    conclusions.refresh_from_db()
    second = person(make_user(Group.EDITOR))
    assert (rules.can_publish(person(editor), conclusions), rules.can_publish(second, conclusions)) == (
        False,
        True,
    )
    publish_conclusions(conclusions, actor=second, now=NOW)
    conclusions.refresh_from_db()
    assert (conclusions.state, conclusions.published_by_id, conclusions.published_at) == (
        "published",
        second.user_id,
        NOW,
    )
    assert Event.objects.filter(object_kind="conclusions", action="published").count() == 1


def test_publishing_what_changed_after_it_was_read_is_refused(conclusions: Conclusions, editor: User) -> None:
    seen = mark_of(conclusions)
    complete(conclusions, editor)
    second = person(make_user(Group.EDITOR))
    with pytest.raises(OutOfDate):
        publish_conclusions(conclusions, actor=second, now=NOW, seen=seen)


def test_what_is_published_cannot_be_changed(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    evidence = attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    publish_draft(conclusions, editor)
    with pytest.raises(WrongState):
        detach_evidence(evidence, actor=person(editor), now=NOW)
    with pytest.raises(WrongState):
        publish_conclusions(conclusions, actor=person(make_user(Group.EDITOR)), now=NOW)


def test_a_published_recommendation_says_what_its_kind_declares(
    conclusions: Conclusions, said: Intervention, editor: User, consultation_pages: ConsultationTree
) -> None:
    part = recommendations_of(conclusions)[0]
    set_facts(part, addressees=["academia", "state"], is_from_plenary=False, actor=person(editor), now=NOW)
    attach(part, passage_of(said), editor)
    publish_draft(conclusions, editor)
    record = Record.objects.get(source_key=part.key)
    segment, area = conclusions.parts.get(kind="segment"), conclusions.parts.get(kind="priority_area")
    support = record.facts.pop("support")
    assert record.public_id == f"R-{record.pk:05d}"
    assert record.title == "Abrir la oficina 1 los sábados"
    assert record.texts == {
        "text": "Abrir la oficina 1 los sábados.",
        "segment": "Segmento",
        "priority_area": "Registro",
    }
    assert record.facts == {
        "consultation": str(consultation_pages.consultation["es"].translation_key),
        "place": "1.1.1",
        "segment": str(segment.key),
        "segment_number": "1",
        "priority_area": str(area.key),
        "addressees": "academia state",
        "origin": "",
        "force": "one",
    }
    assert support == "all=1/1:one refugee_led=1/1:one"
    assert [(row.relation, row.target) for row in record.links.all()] == [
        ("draws_on", str(said.key)),
        ("addresses", "academia"),
        ("addresses", "state"),
    ]
    translation = record.translations.get()
    assert (translation.language, translation.kind, translation.title) == (
        "en",
        "official",
        "Abrir la oficina 1 los sábados. (en)",
    )
    assert translation.texts["segment"] == "Segmento (en)"
    assert record.versions.count() == 1


def test_a_working_translation_stays_in_the_draft(conclusions: Conclusions, editor: User) -> None:
    part = recommendations_of(conclusions)[0]
    part.texts.filter(language="en").update(is_official=False)
    publish_draft(conclusions, editor)
    assert not Record.objects.get(source_key=part.key).translations.exists()


def test_an_editor_chooses_a_force_with_a_note(conclusions: Conclusions, editor: User) -> None:
    part, actor = recommendations_of(conclusions)[0], person(editor)
    with pytest.raises(Incomplete):
        domain.choose_force(part, category="", force=Force.MANY, note=" ", actor=actor, now=NOW)
    domain.choose_force(part, category="", force=Force.MANY, note="Kanarienvogel", actor=actor, now=NOW)
    publish_draft(conclusions, editor)
    record = Record.objects.get(source_key=part.key)
    assert record.facts["force"] == "many"
    assert record.facts["support"] == "all=0/0:many!"
    assert "Kanarienvogel" not in str(record.versions.get().content)


def test_an_editor_goes_back_to_counting(conclusions: Conclusions, editor: User) -> None:
    part, actor = recommendations_of(conclusions)[0], person(editor)
    domain.choose_force(part, category="", force=Force.MANY, note="Dicho", actor=actor, now=NOW)
    domain.choose_force(part, category="", force=None, note="", actor=actor, now=NOW)
    assert not part.force_choices.exists()


def test_facts_name_known_addressees_only(conclusions: Conclusions, editor: User) -> None:
    with pytest.raises(Incomplete):
        set_facts(
            recommendations_of(conclusions)[0],
            addressees=["state", "everybody"],
            is_from_plenary=False,
            actor=person(editor),
            now=NOW,
        )


def test_a_next_version_keeps_numbers_and_withdraws_what_it_leaves_out(
    conclusions: Conclusions, consultation_pages: ConsultationTree, editor: User
) -> None:
    publish_draft(conclusions, editor)
    kept, left = [Record.objects.get(source_key=part.key) for part in recommendations_of(conclusions)]
    following = make_conclusions(consultation_pages, recommendations=1, number=2)
    part = recommendations_of(following)[0]
    Part.objects.filter(pk=part.pk).update(key=kept.source_key)
    part.texts.filter(language="es").update(body="Abrir también los domingos.")
    added = add_recommendation(following.parts.get(kind="priority_area"), 2)
    public = publish_draft(following, editor)
    kept.refresh_from_db()
    left.refresh_from_db()
    assert (kept.version, kept.title, kept.state) == (2, "Abrir también los domingos", "published")
    assert (left.state, left.title) == (RecordState.WITHDRAWN, "")
    assert Record.objects.filter(source_key=added.key, version=1).exists()
    assert list(PublicConclusions.objects.values_list("number", "is_current")) == [(1, False), (2, True)]
    conclusions.refresh_from_db()
    assert (conclusions.state, public.number) == ("superseded", 2)


def test_dispositions_are_public_of_published_interventions_only(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    for key in (said.key, uuid4()):
        set_disposition(
            conclusions,
            intervention_key=key,
            outcome=Outcome.PARTLY,
            part=part,
            reason="Una parte.",
            actor=person(editor),
            now=NOW,
        )
    publish_draft(conclusions, editor)
    row = PublicDisposition.objects.get()
    assert (row.intervention_key, row.recommendation_key, row.reason) == (said.key, part.key, "Una parte.")
    links = Record.objects.get(source_key=part.key).links.values_list("relation", flat=True)
    assert list(links) == ["draws_on", "draws_on", "addresses"]


def test_a_change_that_changes_nothing_makes_nobody_the_author(
    conclusions: Conclusions, editor: User
) -> None:
    part, other = recommendations_of(conclusions)[0], make_user(Group.EDITOR)
    set_facts(part, addressees=["state"], is_from_plenary=True, actor=person(editor), now=NOW)
    domain.choose_force(part, category="state", force=None, note="", actor=person(other), now=NOW)
    conclusions.refresh_from_db()
    assert conclusions.author_id == editor.pk
    set_facts(part, addressees=["state"], is_from_plenary=True, actor=system("tests"), now=NOW)
    conclusions.refresh_from_db()
    assert conclusions.author_id == editor.pk


def test_saving_what_stands_there_counts_for_nobody(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    complete(conclusions, editor)
    part, other = recommendations_of(conclusions)[0], person(make_user(Group.EDITOR))
    written = TextFields("es", "Título", "Texto", is_official=True)

    def save(actor: Actor) -> None:
        given: dict[str, Any] = {"actor": actor, "now": NOW}
        seen = drafting.mark_of(part.texts.filter(language="es").first())
        attach_evidence(part, passage_of(said), stance=Stance.SUPPORTS, note="x", **given)
        set_facts(part, addressees=["state"], is_from_plenary=False, **given)
        domain.choose_force(part, category="state", force=Force.ONE, note="Por qué", **given)
        set_disposition(conclusions, intervention_key=said.key, outcome=Outcome.REFLECTED, part=part, **given)
        drafting.write_text(part, written, seen=seen, **given)
        seen = drafting.summary_mark("".join(conclusions.summaries.values_list("text", flat=True)))
        drafting.summarize(conclusions, language="es", text="Claro.", seen=seen, **given)
        figure: dict[str, Any] = {"category": "state", "figure": 3, "unit": Unit.BODIES, "note": "Contados"}
        set_figure(conclusions, **figure, **given)

    save(person(editor))
    save(other)
    conclusions.refresh_from_db()
    assert (conclusions.author, list(conclusions.writers.all())) == (editor, [editor])
    publish_conclusions(conclusions, actor=other, now=NOW)
    twice = publish_conclusions(conclusions, actor=other, now=NOW)
    assert twice.is_current


def test_nobody_who_changed_the_draft_publishes_it(conclusions: Conclusions, editor: User) -> None:
    complete(conclusions, editor)
    last, fresh = (person(make_user(Group.EDITOR)) for _ in range(2))
    part = recommendations_of(conclusions)[0]
    set_facts(part, addressees=["academia"], is_from_plenary=True, actor=last, now=NOW)
    for actor in (person(editor), last):
        assert rules.is_own(actor, conclusions)
        with pytest.raises(NotAllowed):
            publish_conclusions(conclusions, actor=actor, now=NOW)
    assert publish_conclusions(conclusions, actor=fresh, now=NOW).is_current


def test_evidence_that_argues_against_alone_backs_no_recommendation(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    complete(conclusions, editor)
    part = recommendations_of(conclusions)[0]
    set_facts(part, addressees=[], is_from_plenary=False, actor=person(editor), now=NOW)
    part.evidence.all().delete()
    attach(part, passage_of(said), editor, Stance.AGAINST)
    with override("en"):
        problems = publishing_problems(conclusions)
        assert [problem.field for problem in problems] == [f"recommendation:{part.key}"]
        assert "none supports it" in str(problems[0].message)


def test_what_is_in_no_recommendation_names_none_and_blocks_no_removal(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part, given = recommendations_of(conclusions)[0], {"actor": person(editor), "now": NOW}
    told: dict[str, Any] = {"outcome": Outcome.OUT_OF_SCOPE, "reason": "Otra materia.", **given}
    row = set_disposition(conclusions, intervention_key=said.key, part=part, **told)
    assert row.part is None
    Disposition.objects.update(part=part)
    drafting.remove_part(part, **given)  # type: ignore[arg-type]
    assert (Disposition.objects.get().part, conclusions.parts.filter(pk=part.pk).exists()) == (None, False)
    for attempt in (
        lambda: attach(part, passage_of(said), editor),
        lambda: drafting.move_up(part, **given),  # type: ignore[arg-type]
        lambda: drafting.place_below(part, None, **given),  # type: ignore[arg-type]
        lambda: set_disposition(
            conclusions, intervention_key=said.key, part=part, **told | {"outcome": Outcome.REFLECTED}
        ),
    ):
        with pytest.raises(Incomplete):
            attempt()


def test_a_force_for_a_category_that_is_none_is_refused_at_its_field(
    conclusions: Conclusions, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    with pytest.raises(Incomplete) as caught:
        domain.choose_force(
            part, category="nobody", force=Force.MANY, note="Why", actor=person(editor), now=NOW
        )
    assert [problem.field for problem in caught.value.problems] == ["category"]
    assert not part.force_choices.exists()
