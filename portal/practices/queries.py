"""Reads of what belongs to a good practice (private)."""

from uuid import UUID

from portal.interventions.queries import Chosen, chosen_among
from portal.practices.models import Practice, PracticeQuestion


def question_keys(practice: Practice) -> tuple[UUID, ...]:
    """The questions it is about, in order."""
    return tuple(row.question_key for row in practice.questions.all())


def chosen_questions(practice: Practice) -> Chosen:
    """What it is about, and its files. Two queries, up to three more where it is about a whole."""
    return chosen_among(PracticeQuestion.objects.filter(practice_id=practice.pk), practice)
