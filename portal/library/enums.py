"""Kinds of library documents, what they are filed under, and which file is offered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Quality(TextChoices):
    """How much the text of a document can be trusted."""

    GOOD = "good", _("Text of the file")
    OCR = "ocr", _("Text by optical recognition")
    PICTURES = "pictures", _("Page pictures alone")


class IntakeState(TextChoices):
    """Where a file stands that somebody gave to the library."""

    WAITING = "waiting", pgettext_lazy("file", "Waiting")
    READING = "reading", pgettext_lazy("file", "Being read")
    PUBLIC = "public", pgettext_lazy("file", "In the library")
    REFUSED = "refused", pgettext_lazy("file", "Not taken in")


# Why a document is shown as pictures, or what to know of its text, by `portal.files.quality.Flaw`.
FLAWS_TOLD = {
    "scan": _("It was scanned and holds no text, so its pages are shown as pictures."),
    "glyphs": _("Its fonts do not say which letters they draw, so its pages are shown as pictures."),
    "glued": _("The spaces between the words of its text are lost, so its pages are shown as pictures."),
    "torn": _("The words of its text are torn apart, so its pages are shown as pictures."),
    "garbled": _("Most of its text cannot be read as words, so its pages are shown as pictures."),
    "mixed": _("A part of this document is in another language."),
}
PICTURES_TOLD = _("Only its title and description can be searched.")
OCR_TOLD = _("A program read this text from pictures (OCR). It can be wrong: compare it with the page.")
OCR_SHORT = _("Text by optical recognition")
