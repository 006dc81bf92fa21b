"""Reads of what belongs to a good practice (private)."""

from uuid import UUID

from portal.interventions.queries import Chosen, chosen_among
from portal.practices.models import Practice, PracticeAttachment, PracticeQuestion


def question_keys(practice: Practice) -> tuple[UUID, ...]:
    """The questions it is about, in order."""
    return tuple(row.question_key for row in practice.questions.all())


def chosen_questions(practice_id: int) -> Chosen:
    """The chosen questions in order, those of them that are live pages, and its files. Two queries."""
    files = PracticeAttachment.objects.filter(practice_id=practice_id)
    return chosen_among(PracticeQuestion.objects.filter(practice_id=practice_id), files)
