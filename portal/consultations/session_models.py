"""Who stood behind a consultation, its sessions with who spoke there, and who attended; editors write it.

Keyed by the consultation's translation key, as everything that refers to one. Organizations are named by
their public record, so that nothing can be shown of one that is not public; nobody is named who is a person.
"""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from portal.common.choices import language_choices
from portal.common.languages import CODES
from portal.consultations.enums import BodyRole, Mode, SessionKind
from portal.consultations.time_zones import YEAR_REFUSED, is_plausible

ONLY_ORGANIZATIONS = {"kind": "organization", "state": "published"}
# What every database keeps in a small column; SQLite would take more.
MOST_SMALL = 32_767
NO_PERSON = _("What it is called where it has no page here. Never the name of a person.")


class Named(models.Model):
    """An organization by its public record, or a body by its name where it has none."""

    organization = models.ForeignKey(
        "publication.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=ONLY_ORGANIZATIONS,
        verbose_name=_("organization"),
        help_text=_("Its number, such as O-00007, or its name."),
    )
    name = models.CharField(_("name"), max_length=200, blank=True, help_text=NO_PERSON)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.organization_id is None and not self.name.strip():
            raise ValidationError({"organization": _("Say which organization, or write a name.")})
        if getattr(self, "position", 0) > MOST_SMALL:
            raise ValidationError({"position": _("Write a number up to %(most)d.") % {"most": MOST_SMALL}})


class ConsultationBody(Named):
    """An organization that hosts a consultation, or a partner of it. Public as soon as it is saved."""

    consultation_key = models.UUIDField(_("consultation"))
    role = models.CharField(_("role"), max_length=10, choices=BodyRole, default=BodyRole.PARTNER)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("host or partner")
        verbose_name_plural = _("hosts and partners")
        ordering = ["consultation_key", "role", "position", "pk"]

    def __str__(self) -> str:
        return self.name or (self.organization.title if self.organization else "")


class Session(ClusterableModel):
    """A part of the meeting. `language` is that of place and roles; its title has one in each language."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation_key = models.UUIDField(_("consultation"))
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_pt = models.CharField(_("title in Portuguese"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    language = models.CharField(_("language of place and roles"), max_length=2, choices=language_choices)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    recording = models.URLField(_("recording"), blank=True, validators=[URLValidator(schemes=["https"])])
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Until then editors alone see the session.")
    )

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["consultation_key", "position", "starts_at", "pk"]
        # Of the page of a consultation.
        indexes = [models.Index(fields=["consultation_key", "position"], name="session_of_consultation")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="session_has_title",
                condition=~Q(title_es="", title_en="", title_pt="", title_fr=""),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.titled(self.language)[0]

    def titled(self, language: str) -> tuple[str, str]:
        """Its title and the language of it: the one asked for, else its own, else any."""
        for code in (language, self.language, *CODES):
            if title := getattr(self, f"title_{code}", ""):
                return str(title), code
        return "", self.language

    def clean(self) -> None:
        super().clean()
        if not any(getattr(self, f"title_{code}").strip() for code in CODES):
            raise ValidationError({"title_es": _("Give the session a title in at least one language.")})
        if self.ends_at and not self.starts_at:
            raise ValidationError({"starts_at": _("Say when it begins.")})
        if self.position > MOST_SMALL:
            raise ValidationError({"position": _("Write a number up to %(most)d.") % {"most": MOST_SMALL}})
        moments = {"starts_at": self.starts_at, "ends_at": self.ends_at}
        if wrong := [name for name, moment in moments.items() if moment and not is_plausible(moment)]:
            raise ValidationError(dict.fromkeys(wrong, YEAR_REFUSED))
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("It would end before it begins.")})


class SessionSpeaker(Orderable, Named):
    """An organization that spoke, and in what role somebody spoke for it."""

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="speakers")
    role = models.CharField(
        _("speaker's role"),
        max_length=200,
        blank=True,
        help_text=_("Such as “minister of justice”. Never the name of a person."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name or (self.organization.title if self.organization else "")


class SessionFile(Orderable):
    """A document of the library that belongs to a session, such as a presentation."""

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "library.LibraryDocument",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"live": True},
        verbose_name=_("library document"),
        help_text=_("Its number, such as D-00007."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return str(self.document)


class Attendance(models.Model):
    """That an organization attended or signed; without organization: how many persons of a category came."""

    consultation_key = models.UUIDField(_("consultation"))
    organization = models.ForeignKey(
        "publication.Record", models.PROTECT, null=True, blank=True, related_name="+"
    )
    category = models.SlugField(_("category"), max_length=40)
    mode = models.CharField(_("how it took part"), max_length=10, choices=Mode)
    persons = models.PositiveIntegerField(_("persons"), null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["consultation_key", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation_key", "organization", "mode"],
                condition=Q(organization__isnull=False),
                name="attendance_organization_once",
            ),
            models.UniqueConstraint(
                fields=["consultation_key", "category", "mode"],
                condition=Q(organization__isnull=True),
                name="attendance_category_once",
            ),
            models.CheckConstraint(
                name="attendance_says_who",
                condition=Q(organization__isnull=False) | Q(persons__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.mode}"
