"""The next version begins with what backed the one before; nothing that an editor did is overwritten."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.conclusions.domain import choose_force, set_disposition, set_facts
from portal.conclusions.enums import Outcome, PartKind
from portal.conclusions.importing.carrying import carry_over
from portal.conclusions.models import Conclusions, Evidence, Part, PartText
from portal.conclusions.publishing.domain import publishing_problems
from portal.conclusions.publishing.gathered import gather, warnings_of
from portal.conclusions.support import Force
from portal.interventions.models import Intervention
from portal.publication import domain as ledger
from portal.publication.models import Record
from tests.factories.backed_conclusions import (
    PASSAGE,
    attach,
    complete,
    make_conclusions,
    passage_of,
    publish_draft,
    recommendations_of,
)
from tests.factories.pages import ConsultationTree

NOW = timezone.now()
TWICE = "another recommendation has this number too."


@pytest.fixture
def following(
    conclusions: Conclusions, said: Intervention, editor: User, consultation_pages: ConsultationTree
) -> Conclusions:
    """A draft after a published version; its first recommendation is the same one, the second is new."""
    part, actor = recommendations_of(conclusions)[0], person(editor)
    attach(part, passage_of(said), editor)
    set_facts(part, addressees=["state"], is_from_plenary=False, actor=actor, now=NOW)
    choose_force(part, category="state", force=Force.MANY, note="Dicho", actor=actor, now=NOW)
    set_disposition(
        conclusions, intervention_key=said.key, outcome=Outcome.REFLECTED, part=part, actor=actor, now=NOW
    )
    publish_draft(conclusions, editor)
    draft = make_conclusions(consultation_pages, number=2)
    Part.objects.filter(pk=recommendations_of(draft)[0].pk).update(key=part.key)
    return draft


def test_what_backed_a_recommendation_backs_it_again(following: Conclusions, said: Intervention) -> None:
    carry_over(following)
    kept, new = recommendations_of(following)
    assert [(row.words, row.intervention_key) for row in kept.evidence.all()] == [(PASSAGE, said.key)]
    assert [row.type_code for row in kept.addressees.all()] == ["state"]
    assert [(row.category, row.force) for row in kept.force_choices.all()] == [("state", "many")]
    assert following.dispositions.get().part == kept
    assert not new.evidence.exists()
    assert [problem.field for problem in publishing_problems(following)] == [f"recommendation:{new.key}"]


def test_it_is_carried_over_once(following: Conclusions, editor: User) -> None:
    carry_over(following)
    Evidence.objects.filter(part__conclusions=following).delete()
    carry_over(following)
    assert not Evidence.objects.filter(part__conclusions=following).exists()


def test_a_first_version_has_nothing_to_carry(conclusions: Conclusions) -> None:
    carry_over(conclusions)
    assert not Evidence.objects.exists()


@pytest.mark.long
def test_what_was_withdrawn_comes_along_without_a_word(
    client: Client, following: Conclusions, said: Intervention, editor: User
) -> None:
    ledger.withdraw("intervention", said.key, actor=system("tests"), now=NOW)
    carry_over(following)
    kept, new = recommendations_of(following)
    evidence = kept.evidence.get()
    assert (evidence.words, evidence.withdrawn_at is not None) == ("", True)
    # It says that its evidence was withdrawn, and need not come from the plenary for that.
    assert [problem.field for problem in publishing_problems(following)] == [f"recommendation:{new.key}"]
    set_facts(kept, addressees=["state"], is_from_plenary=False, actor=person(editor), now=NOW)
    publish_draft(following, editor)
    record = Record.objects.get(source_key=kept.key)
    assert (record.facts["origin"], record.facts["force"]) == ("", "none")
    assert "Evidence withdrawn on" in client.get(record.path("en")).content.decode()


def test_withdrawn_evidence_is_none_for_what_was_never_public(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part, other = recommendations_of(conclusions)
    attach(part, passage_of(said), editor)
    set_facts(other, addressees=["state"], is_from_plenary=True, actor=person(editor), now=NOW)
    ledger.withdraw("intervention", said.key, actor=system("tests"), now=NOW)
    assert [problem.field for problem in publishing_problems(conclusions)] == [f"recommendation:{part.key}"]


def test_a_number_that_stands_twice_is_not_published(conclusions: Conclusions, editor: User) -> None:
    one, other = recommendations_of(conclusions)
    complete(conclusions, editor)
    Part.objects.filter(pk=other.pk).update(number=one.number)
    with translation.override("en"):
        assert [(problem.field, str(problem.message)) for problem in publishing_problems(conclusions)] == [
            (f"recommendation:{part.key}", f"1.1.1 Abrir la oficina {number} los sábados.: {TWICE}")
            for number, part in enumerate((one, other), start=1)
        ]


def test_what_publishing_takes_away_is_told(following: Conclusions) -> None:
    PartText.objects.filter(part__conclusions=following, language="en").delete()
    gone = Record.objects.get(kind="recommendation", title__startswith="Abrir la oficina 2")
    warnings = warnings_of(gather(following), now=timezone.now())
    assert [warning.field for warning in warnings] == [f"record:{gone.public_id}", "language:en"]
    assert str(warnings[0].message).startswith(f"{gone.public_id} Abrir la oficina 2 los sábados:")


@pytest.mark.long
def test_each_recommendation_without_a_translation_is_told(
    client: Client, following: Conclusions, editor: User
) -> None:
    """One says nothing in English, the other has Portuguese that is not official; segments say both."""
    segment = following.parts.filter(kind=PartKind.SEGMENT).first()
    one, other = recommendations_of(following)
    PartText.objects.filter(part__conclusions=following).exclude(language="es").delete()
    for part, language, is_official in (
        (segment, "en", True),
        (segment, "pt", True),
        (one, "pt", True),
        (other, "en", True),
        (other, "pt", False),
    ):
        PartText.objects.create(part=part, language=language, heading="Office", is_official=is_official)
    with translation.override("en"):
        warnings = warnings_of(gather(following), now=timezone.now())
        told = {each.field: str(each.message) for each in warnings if each.field.startswith("translation:")}
    assert list(told) == [f"translation:{one.key}", f"translation:{other.key}"]
    assert told[f"translation:{one.key}"].endswith("no official translation in these languages: English.")
    assert told[f"translation:{other.key}"].endswith("these languages: Portuguese.")
    client.force_login(editor)
    shown = client.get(f"/es/desk/conclusions/{following.key}/publish/").text
    assert shown.count("sin traducción oficial a estos idiomas") == 2


@pytest.mark.long
def test_a_draft_in_another_language_begins_with_the_reasons_it_can_tell(
    conclusions: Conclusions, said: Intervention, consultation_pages: ConsultationTree, editor: User
) -> None:
    told = {"es": "Otra materia.", "fr": "Autre sujet."}
    set_disposition(
        conclusions,
        intervention_key=said.key,
        outcome=Outcome.OUT_OF_SCOPE,
        reason=told["es"],
        translations=told,
        actor=person(editor),
        now=NOW,
    )
    publish_draft(conclusions, editor)
    drafts = []
    for language in ("fr", "pt"):
        draft = make_conclusions(consultation_pages, number=2, languages=(language,))
        carry_over(draft)
        drafts.append(list(draft.dispositions.values_list("reason", "translations")))
        draft.delete()
    assert drafts == [[("Autre sujet.", {"es": "Otra materia."})], []]
