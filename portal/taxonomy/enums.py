"""Closed vocabularies that the process itself fixes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """The six outcomes of the Cartagena+40 multi-stakeholder pledge."""

    ASYLUM_SYSTEMS = "asylum_systems", _("Asylum systems")
    STATELESSNESS = "statelessness", _("Statelessness")
    RESETTLEMENT = "resettlement_and_family_reunification", _("Resettlement and family reunification")
    RETURN = "voluntary_return_and_reintegration", _("Voluntary return and reintegration")
    INTEGRATION = "integration", _("Integration")
    DISASTER_DISPLACEMENT = "disaster_displacement", _("Disaster displacement")


class MarkFacet(TextChoices):
    """What a cross-cutting mark tells; the order in which marks are offered."""

    POPULATION = "population", _("Population groups")
    APPROACH = "approach", _("Approaches")
    SITUATION = "situation", _("Displacement situation")
    COUNTRY_ROLE = "country_role", _("A country’s role")


class ProposalKind(TextChoices):
    """What a proposal about the glossary asks for."""

    ADD = "add", _("New concept")
    CHANGE = "change", pgettext_lazy("kind of proposal", "Change")
    REMOVE = "remove", _("Removal")


class ProposalOrigin(TextChoices):
    """Where a proposal comes from; what an operator's command takes in is accepted with it."""

    PERSON = "person", _("An editor")
    FILE = "file", _("A file that an editor uploaded")
    MINED = "mined", _("Found in translations")
    COMMAND = "command", _("A command of the operators")


class ProposalState(TextChoices):
    WAITING = "waiting", _("Waiting for a decision")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    REPLACED = "replaced", _("Replaced by another proposal")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")


PROPOSAL_TRANSITIONS: dict[str, frozenset[str]] = {
    ProposalState.WAITING: frozenset(
        {
            ProposalState.ACCEPTED,
            ProposalState.DECLINED,
            ProposalState.REPLACED,
            ProposalState.WITHDRAWN,
        }
    ),
}
