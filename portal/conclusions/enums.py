"""What a part of conclusions can be, in what participants are counted, and what became of interventions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartKind(TextChoices):
    """A part's place in the document; recommendations and good practices stand under segments and areas."""

    COVER = "cover", _("Cover")
    INTRODUCTION = "introduction", _("Introduction")
    INAUGURATION = "inauguration", _("Inauguration")
    PARTICIPANTS = "participants", _("Participants")
    PANEL = "panel", _("Panel")
    SECTION = "section", _("Section")
    SEGMENT = "segment", _("Segment")
    PRIORITY_AREA = "priority_area", _("Priority area")
    RECOMMENDATION = "recommendation", _("Recommendation")
    GOOD_PRACTICE = "good_practice", _("Good practice")
    PARAGRAPH = "paragraph", _("Paragraph")


class Unit(TextChoices):
    """In what a category of participants is counted."""

    PERSONS = "persons", _("Persons")
    BODIES = "bodies", _("Bodies")


class Stance(TextChoices):
    """What a passage says of the recommendation it is quoted beside."""

    SUPPORTS = "supports", _("supports it")
    AGAINST = "against", _("argues against")


class Outcome(TextChoices):
    """What became of an intervention in the conclusions."""

    REFLECTED = "reflected", _("Reflected")
    PARTLY = "partly", _("Reflected in part")
    ALREADY_COVERED = "already_covered", _("Already covered")
    NOT_REFLECTED = "not_reflected", _("Not reflected")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    CARRIED_OVER = "carried_over", _("Carried over to a later consultation")


# Tones of badges; the others are quiet.
TONES = {Outcome.REFLECTED: "good", Outcome.PARTLY: "warn"}
# An outcome that names its recommendation, and one that says why.
NAMES_RECOMMENDATION = frozenset({Outcome.REFLECTED, Outcome.PARTLY})
# Outcomes that may name one: the contribution is in it, whole or in part.
REFLECTED = NAMES_RECOMMENDATION | {Outcome.ALREADY_COVERED}
SAYS_WHY = frozenset({Outcome.PARTLY, Outcome.NOT_REFLECTED, Outcome.OUT_OF_SCOPE})
