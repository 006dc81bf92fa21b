"""States of public records and of their translations, and the names of today's kinds and relations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordKind:
    """Kinds are declared by their apps (`portal.publication.kinds`); these are names for use in code."""

    INTERVENTION = "intervention"
    PLEDGE = "pledge"
    ORGANIZATION = "organization"
    RECOMMENDATION = "recommendation"
    PRACTICE = "practice"


class Relation:
    """What a record says of its target; which kind says what is declared with the kind."""

    ANSWERS = "answers"  # intervention, practice -> guiding question (translation key)
    FOLLOWS = "follows"  # pledge -> intervention (source key)
    SERVES = "serves"  # pledge -> outcome of the multi-stakeholder pledge (code)
    DRAWS_ON = "draws_on"  # recommendation -> intervention (source key)
    CARRIED_OUT_IN = "carried_out_in"  # practice -> country (code)
    MARKED = "marked"  # anything that bears marks -> cross-cutting mark (code)
    ADDRESSES = "addresses"  # recommendation -> who is asked to act (code)


class RecordState(TextChoices):
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TranslationKind(TextChoices):
    OFFICIAL = "official", _("Official translation")
    MACHINE = "machine", _("Machine draft")
