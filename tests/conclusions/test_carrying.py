"""The next version begins with what backed the one before; nothing that an editor did is overwritten."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.conclusions.domain import choose_force, set_disposition, set_facts
from portal.conclusions.enums import Outcome
from portal.conclusions.importing.carrying import carry_over
from portal.conclusions.models import Conclusions, Evidence, Part
from portal.conclusions.publishing.domain import publishing_problems
from portal.conclusions.support import Force
from portal.interventions.models import Intervention
from tests.factories.backed_conclusions import (
    PASSAGE,
    attach,
    make_conclusions,
    passage_of,
    publish_draft,
    recommendations_of,
)
from tests.factories.pages import ConsultationTree

NOW = timezone.now()


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


def test_what_was_withdrawn_is_not_carried(following: Conclusions, said: Intervention) -> None:
    Evidence.objects.update(words="", note="", withdrawn_at=NOW)
    carry_over(following)
    assert not recommendations_of(following)[0].evidence.exists()


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
