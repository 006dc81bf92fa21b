"""Kinds of library documents, what they are filed under, and which file is offered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    DECLARATION = "declaration", _("Declaration")
    PLAN = "plan", _("Plan of action")
    CONCEPT_NOTE = "concept_note", _("Concept note")
    CONCLUSIONS = "conclusions", _("Conclusions")
    PRESENTATION = "presentation", _("Presentation")
    REPORT = "report", _("Report")
    STUDY = "study", _("Study")
    GUIDE = "guide", _("Guide")
    TOOLBOX = "toolbox", _("Toolbox")
    POLICY_PAPER = "policy_paper", _("Policy paper")
    AGENDA = "agenda", _("Agenda")
    STATEMENT = "statement", _("Statement")
    JOURNAL = "journal", _("Journal")
    OTHER = "other", _("Other document")


class Facet(TextChoices):
    """What a document is filed under besides its columns; the values are codes and keys."""

    COUNTRY = "country", _("Countries")
    ORGANIZATION = "organization", _("Organizations")
    CONSULTATION = "consultation", _("Consultation")
    SEGMENT = "segment", _("Segment")
    THEME = "theme", _("Thematic areas")
    OFFICIAL = "official", _("Official text of the process")


class Offer(TextChoices):
    """Which file everybody can download."""

    ORIGINAL = "original", _("The file as it was given, byte for byte")
    CLEANED = "cleaned", _("A copy without the names and traces that programs leave in it")
    NONE = "none", _("No file: its text is read here alone")


class ProposalState(TextChoices):
    WAITING = "waiting", _("waits for an editor")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
