"""What the parties report of a pledge, and the closed lists that describe it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportedStage(TextChoices):
    """The words of the Global Refugee Forum; what the pledging parties say themselves."""

    PLANNING = "planning", _("Planning")
    IN_PROGRESS = "in_progress", _("In progress")
    FULFILLED = "fulfilled", _("Fulfilled (claimed)")


class ReportedBy(TextChoices):
    """Whose word the day of the last report is."""

    PARTIES = "parties", _("The parties")
    SOURCE = "source", _("According to the source")


class Completion(TextChoices):
    """What others find of a pledge; the five steps of independent reviews."""

    NO_EVIDENCE = "no_evidence", pgettext_lazy("completion", "No evidence")
    NOT_STARTED = "not_started", pgettext_lazy("completion", "Not started")
    LIMITED = "limited", pgettext_lazy("completion", "Limited")
    SUBSTANTIAL = "substantial", pgettext_lazy("completion", "Substantial")
    COMPLETE = "complete", pgettext_lazy("completion", "Complete")


class Fulfilment(TextChoices):
    """How far the word "fulfilled" carries: the parties claim it, or others have checked on evidence."""

    CLAIMED = "claimed", pgettext_lazy("fulfilment", "Claimed")
    COMPLETE = "assessed_complete", pgettext_lazy("fulfilment", "Assessed: complete")
    OTHERWISE = "assessed_otherwise", pgettext_lazy("fulfilment", "Assessed otherwise")


class EvidenceTier(TextChoices):
    """Who stands behind what a report says. From the third on there is a paper."""

    NONE = "0", _("Nothing to show yet")
    STATEMENT = "1", _("What we say ourselves")
    OWN_DOCUMENT = "2", _("A document of our own")
    THIRD_PARTY = "3", _("A document of somebody else")
    VERIFIED = "4", _("Checked by somebody independent")


WITH_DOCUMENT = frozenset({EvidenceTier.OWN_DOCUMENT, EvidenceTier.THIRD_PARTY, EvidenceTier.VERIFIED})


class PledgeKind(TextChoices):
    """One record each, however many parties it has."""

    INDIVIDUAL = "individual", pgettext_lazy("pledge", "Individual pledge")
    JOINT = "joint", pgettext_lazy("pledge", "Joint pledge")
    UMBRELLA = "umbrella", pgettext_lazy("pledge", "Umbrella pledge")
    MATCHING = "matching", pgettext_lazy("pledge", "Matching pledge")


class Contribution(TextChoices):
    """What the parties bring, or lack."""

    FINANCIAL = "financial", pgettext_lazy("contribution", "Money")
    MATERIAL = "material", pgettext_lazy("contribution", "Goods and services")
    TECHNICAL = "technical", pgettext_lazy("contribution", "Expertise")
    POLICY = "policy", pgettext_lazy("contribution", "Laws and policies")
    RESETTLEMENT = "resettlement", pgettext_lazy("contribution", "Places for resettlement and admission")
    OTHER = "other", pgettext_lazy("contribution", "Something else")


class PartyRole(TextChoices):
    LEAD = "lead", pgettext_lazy("party", "Lead")
    PARTNER = "partner", pgettext_lazy("party", "Partner")
    FUNDER = "funder", pgettext_lazy("party", "Funder")
    IMPLEMENTER = "implementer", pgettext_lazy("party", "Implementer")
    HOST = "host", pgettext_lazy("party", "Host")
    SUPPORTER = "supporter", pgettext_lazy("party", "Supporter")


class PartyState(TextChoices):
    """What a party says of being one; it says it at its own desk.

    Declined is the party's own no, refused that of who keeps the pledge; each takes back only its own.
    """

    ASKED = "asked", pgettext_lazy("party", "Asks to be named")
    NAMED = "named", pgettext_lazy("party", "Named, has not confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("party", "Confirmed")
    DECLINED = "declined", pgettext_lazy("party", "Declined")
    REFUSED = "refused", pgettext_lazy("party", "Asked, was not accepted")


class PlaceRole(TextChoices):
    """What a country is to a pledge."""

    ORIGIN = "origin", pgettext_lazy("country", "Origin")
    TRANSIT = "transit", pgettext_lazy("country", "Transit")
    DESTINATION = "destination", pgettext_lazy("country", "Destination")
    RETURN = "return", pgettext_lazy("country", "Return")


class Disaggregation(TextChoices):
    """How the figures of a goal are told apart."""

    SEX = "sex", _("Sex or gender")
    AGE = "age", _("Age")
    DISABILITY = "disability", _("Disability")
    NATIONALITY = "nationality", _("Nationality")
    STATUS = "status", _("Legal status")
    PLACE = "place", _("Place")


class PairDecision(TextChoices):
    """What a person says of two pledges that look alike."""

    SAME = "same", pgettext_lazy("two pledges", "The same pledge")
    PART_OF = "part_of", pgettext_lazy("two pledges", "One is part of the other")
    RELATED = "related", pgettext_lazy("two pledges", "Related")
    DIFFERENT = "different", pgettext_lazy("two pledges", "Different")


class Voice(TextChoices):
    """Who says that a pledge and something else hang together."""

    PARTIES = "parties", _("the parties")
    SECRETARIAT = "secretariat", _("the secretariat")
    SOURCE = "source", _("the source")


# What readers see of parties; who has declined, or only asks, is none to them.
PUBLIC_PARTY = (PartyState.NAMED, PartyState.CONFIRMED)
# A party that asks by itself, which nobody has to name.
ASKERS = (PartyState.ASKED, PartyState.REFUSED)
FORUMS = ("2019", "2023", "2027")
