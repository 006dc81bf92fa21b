"""Reads of what belongs to a good practice (private)."""

from collections.abc import Collection
from uuid import UUID

from portal.interventions.queries import Chosen, chosen_among, contributed_on, targets_of_pages
from portal.practices.models import Practice, PracticeQuestion


def question_keys(practice: Practice) -> tuple[UUID, ...]:
    """The questions it is about, in order."""
    return tuple(row.question_key for row in practice.questions.all())


def holding_pages(keys: Collection[UUID]) -> list[Practice]:
    """Good practices, drafts too, that say something on a page of one of the keys. One query."""
    named = contributed_on(targets_of_pages(keys), Practice, "questions")
    return list(Practice.objects.filter(named).distinct())


def chosen_questions(practice: Practice) -> Chosen:
    """What it is about, and its files. Two queries, up to three more where it is about a whole."""
    return chosen_among(PracticeQuestion.objects.filter(practice_id=practice.pk), practice)
