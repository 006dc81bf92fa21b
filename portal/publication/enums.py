"""Kinds and states of public records, and the relations between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordKind(TextChoices):
    INTERVENTION = "intervention", _("Intervention")
    PLEDGE = "pledge", _("Pledge")
    ORGANIZATION = "organization", _("Organization")


# First letter of a public id, such as I-00007.
LETTERS = {RecordKind.INTERVENTION: "I", RecordKind.PLEDGE: "P", RecordKind.ORGANIZATION: "O"}
PATHS = {
    RecordKind.INTERVENTION: "interventions",
    RecordKind.PLEDGE: "pledges",
    RecordKind.ORGANIZATION: "organizations",
}


class RecordState(TextChoices):
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Relation(TextChoices):
    """What a record says of its target. Targets: a question's key, another record's key, a code."""

    ANSWERS = "answers", _("answers")  # intervention -> guiding question (translation key)
    FOLLOWS = "follows", _("follows from")  # pledge -> intervention (source key)
    SERVES = "serves", _("serves")  # pledge -> outcome of the multi-stakeholder pledge (code)


class TranslationKind(TextChoices):
    OFFICIAL = "official", _("Official translation")
    MACHINE = "machine", _("Machine draft")


class Stage(TextChoices):
    """The stages of the thread, from question to result; the read API uses these codes."""

    QUESTION = "guiding_question", _("Guiding question")
    INTERVENTION = "intervention", _("Intervention")
    RECOMMENDATION = "recommendation", _("Recommendation")
    PLAN_ACTION = "plan_action", _("Plan action")
    PLEDGE = "pledge", _("Pledge")
    REPORT = "progress_report", _("Progress report")
    REVIEW = "review", _("Review")
