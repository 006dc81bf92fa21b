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
    REPORT = "report"
    ASSESSMENT = "assessment"
    OBSERVATION = "observation"


class Relation:
    """What a record says of its target; which kind says what is declared with the kind."""

    ANSWERS = "answers"  # intervention, practice -> guiding question (translation key)
    ABOUT = "about"  # intervention, practice -> segment, consultation or plan as a whole (`wholes` code)
    FOLLOWS = "follows"  # pledge -> intervention (source key)
    SERVES = "serves"  # pledge -> outcome of the multi-stakeholder pledge (code)
    DRAWS_ON = "draws_on"  # recommendation -> intervention (source key)
    CARRIED_OUT_IN = "carried_out_in"  # practice -> country (code)
    MARKED = "marked"  # anything that bears marks -> cross-cutting mark (code)
    ADDRESSES = "addresses"  # recommendation -> who is asked to act (code)
    LEADS_TO = "leads_to"  # recommendation -> action of a plan (key)
    CARRIES_OUT = "carries_out"  # pledge -> action of a plan (key)
    TAKES_UP = "takes_up"  # pledge -> recommendation (source key)
    PARTY = "party"  # pledge -> organization besides the one that keeps it (source key, as a code)
    PART_OF = "part_of"  # pledge -> umbrella pledge (source key, as a code)
    HELPS = "helps"  # pledge -> pledge that it helps (source key, as a code); both organizations say so
    HELPED_BY = "helped_by"  # pledge -> pledge that helps it, the same seen from the other end
    RELATED = "related"  # pledge -> pledge that has to do with it (source key, as a code), both ways
    SIGNED_BY = "signed_by"  # intervention, practice -> organization that signed it (source key, as a code)
    REPORTS_ON = "reports_on"  # progress report -> pledge (source key)
    ASSESSES = "assesses"  # assessment -> pledge, also where it is of one goal of it (source key)
    ASSESSES_ACTION = "assesses_action"  # assessment -> action of a plan (key)
    WEIGHS = "weighs"  # assessment -> progress report (source key)
    OBSERVES = "observes"  # observation -> any record (source key) or action of a plan (key), as a code


class RecordState(TextChoices):
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TranslationKind(TextChoices):
    OFFICIAL = "official", _("Official translation")
    MACHINE = "machine", _("Machine draft")


class TranslationMaker(TextChoices):
    """Who answers for a translation that was entered beside a text; a machine draft is the secretariat's."""

    ORGANIZATION = "organization", _("The organization itself")
    FOR_ORGANIZATION = "for_organization", _("The secretariat, for the organization")
    SECRETARIAT = "secretariat", _("The secretariat")
    SERVICE = "service", _("A translation service of the process")
