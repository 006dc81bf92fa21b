"""Evidence and what became of an intervention: while it is taken down, and without redacted words."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.conclusions.domain import Passage, attach_evidence
from portal.conclusions.enums import Outcome, Stance
from portal.conclusions.models import Conclusions, Evidence, PublicConclusions, PublicDisposition
from portal.conclusions.objections.queries import current_dispositions
from portal.interventions.models import Intervention
from portal.moderation import leaving_out
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain
from portal.submissions.models import Measure
from portal.submissions.redress.upkeep import end_take_downs
from portal.submissions.redress_enums import APPEAL_FOR
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.conclusions.conftest import BODY
from tests.factories import make_intervention, make_user
from tests.factories.backed_conclusions import recommendations_of
from tests.factories.pages import ConsultationTree

NOW = timezone.now()
WORDS = "anota cada nacimiento"
START = BODY.index(WORDS)


@pytest.fixture
def second(db: None) -> Actor:
    return person(make_user(Group.MODERATOR, email="second@example.org"))


@pytest.fixture
def backed(conclusions: Conclusions, said: Intervention, editor: User) -> Intervention:
    """Evidence in a draft, and what became of it in public."""
    attach(conclusions, said, editor, START, START + len(WORDS))
    public = PublicConclusions.objects.create(
        consultation_key=conclusions.consultation_key,
        number=1,
        language="es",
        content={"parts": []},
        digest="d",
        published_at=NOW,
    )
    tell_what_became(public, said)
    return said


def tell_what_became(public: PublicConclusions, text: Intervention) -> None:
    PublicDisposition.objects.create(
        conclusions=public, intervention_key=text.key, outcome=Outcome.NOT_REFLECTED, reason="Why"
    )


def attach(conclusions: Conclusions, said: Intervention, editor: User, start: int, end: int) -> Evidence:
    passage = Passage(intervention_key=said.key, field="body", start=start, end=end)
    part = recommendations_of(conclusions)[0]
    given: Any = {"stance": Stance.SUPPORTS, "actor": person(editor), "now": NOW}
    return attach_evidence(part, passage, note="A note", **given)


def take_down(text: Intervention, moderator: User) -> Measure:
    why = {"ground": "danger", "reason": "It names the shelter."}
    decide("intervention", text.key, "taken_down", actor=person(moderator), now=NOW, **why)
    return Measure.objects.latest("pk")


def settle(measure: Measure, code: str, actor: Actor) -> None:
    decide("take_down", measure.key, code, reason="R", actor=actor, now=NOW)


def stored() -> list[object]:
    columns = ("words", "note", "start", "end", "withdrawn_at", "corrected_at", "hidden")
    return [
        *Evidence.objects.order_by("pk").values_list(*columns),
        *PublicDisposition.objects.values_list("outcome", "reason"),
    ]


def everything() -> str:
    rows = [*Evidence.objects.values(), *PublicDisposition.objects.values()]
    return str(rows)


def test_a_take_down_hides_both_and_undone_they_are_as_they_were(
    backed: Intervention, moderator: User, second: Actor
) -> None:
    before = stored()
    measure = take_down(backed, moderator)
    assert (current_dispositions([backed.key]).exists(), PublicDisposition.objects.exists()) == (False, True)
    assert [(row.words, row.note) for row in Evidence.objects.all()] == [("", "")]
    settle(measure, "undone", second)
    assert stored() == before


@pytest.mark.parametrize("is_over", [False, True])
def test_confirmed_they_are_emptied_once_nobody_can_appeal_any_more(
    backed: Intervention, moderator: User, second: Actor, is_over: bool
) -> None:
    settle(take_down(backed, moderator), "confirmed", second)
    end_take_downs(NOW + APPEAL_FOR + timedelta(seconds=1 if is_over else -1))
    kept = Measure.objects.values_list("kept", flat=True).get()
    assert (WORDS in everything(), "Why" in everything(), kept is None) == (
        not is_over,
        not is_over,
        is_over,
    )


def test_what_is_withdrawn_while_it_is_down_is_emptied_at_once(
    backed: Intervention, moderator: User, focal_point: User
) -> None:
    take_down(backed, moderator)
    domain.withdraw(backed, actor=person(focal_point), now=NOW)
    assert (WORDS in everything(), PublicDisposition.objects.exists()) == (False, False)


def test_a_second_take_down_does_not_forget_what_it_hides(
    backed: Intervention,
    conclusions: Conclusions,
    editor: User,
    moderator: User,
    second: Actor,
    focal_point: User,
) -> None:
    take_down(backed, moderator)
    author = person(focal_point)
    text = domain.take_up_again(domain.withdraw(backed, actor=author, now=NOW), actor=author, now=NOW)
    Intervention.objects.filter(pk=text.pk).update(state="submitted")
    decide("intervention", text.key, "approved", actor=second, now=NOW)
    attach(conclusions, text, editor, 0, 8)
    tell_what_became(PublicConclusions.objects.get(), text)
    before = stored()
    settle(take_down(text, moderator), "undone", second)
    assert stored() == before


def cut(text: Intervention, words: str, moderator: User) -> None:
    given = {"field": "body", "words": words, "ground": "name", "reason": "R"}
    of = submission_type("intervention")
    leaving_out.redact(of, text, **given, actor=person(moderator), now=NOW)


def test_what_is_left_out_of_a_text_that_waits_is_attached_nowhere(
    conclusions: Conclusions,
    organization: Organization,
    consultation_pages: ConsultationTree,
    editor: User,
    moderator: User,
) -> None:
    waits = make_intervention(
        organization, body=BODY, state=SubmissionState.SUBMITTED, questions=consultation_pages.questions[:1]
    )
    cut(waits, WORDS, moderator)
    row = attach(conclusions, waits, editor, START - 2, START + 4)
    assert row.words == "y [… n"


MARK = "[… nombre de una persona]"


def test_evidence_loses_what_is_left_out_and_follows_what_stands_there_now(
    conclusions: Conclusions, said: Intervention, editor: User, moderator: User
) -> None:
    words = ("y anota cada nacimiento el", "y anota cada", "nacimiento el mismo", "Nadie paga.")
    for each in words:
        attach(conclusions, said, editor, BODY.index(each), BODY.index(each) + len(each))
    cut(said, "cada nacimiento", moderator)
    rows = list(Evidence.objects.order_by("pk"))
    left = [f"y anota {MARK} el", f"y anota {MARK}", f"{MARK} el mismo", "Nadie paga."]
    public = Record.objects.get(source_key=said.key).texts["body"]
    assert [row.words for row in rows] == left == [public[row.start : row.end] for row in rows]
    assert [row.corrected_at for row in rows] == [None] * 4


def test_what_is_left_out_is_asked_once_for_all_evidence(
    conclusions: Conclusions, said: Intervention, editor: User, moderator: User
) -> None:
    cut(said, "sábados", moderator)
    rounds = {"cada nacimiento": ["y anota cada nacimiento el"], "Nadie paga": ["Nadie p", "paga."]}
    numbers = []
    for words, quotes in rounds.items():
        public = Record.objects.get(source_key=said.key).texts["body"]
        for each in quotes:
            attach(conclusions, said, editor, public.index(each), public.index(each) + len(each))
        with CaptureQueriesContext(connection) as asked:
            cut(said, words, moderator)
        numbers.append(sum('FROM "submissions_cut"' in each["sql"] for each in asked))
    assert numbers[0] == numbers[1]
