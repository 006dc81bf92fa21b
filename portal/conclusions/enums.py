"""What a part of conclusions can be, and in what participants are counted."""

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
