"""Dossiers with their passages and the people they are shared with: private, for these people alone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.ids import parse_public_id
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.limits import QUESTION, TITLE


class Dossier(models.Model):
    """Passages that a person collects. `revision` counts the saves of title, description and language.

    Without an owner only while an account is being deleted (`portal.observatory.dossiers.receivers`).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=TITLE)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-updated_at", "-pk"]
        constraints = [models.CheckConstraint(name="dossier_has_title", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """A passage as it was when collected. Withdrawn: number, place, dates and the comment stay, its words go.

    While its document is taken down, `hidden` holds what it says again if that is undone; nobody reads it.
    `document` is an id of the index such as `D-00003/es`. `current_text` is what stands in the passage's
    place since the document changed; empty when nothing does.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="items")
    order = models.PositiveIntegerField(_("order"))
    document = models.CharField(_("document"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    path = models.CharField(_("path"), max_length=1000)
    position = models.PositiveIntegerField(_("position"))
    anchor = models.CharField(_("anchor"), max_length=40, blank=True)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    title = models.TextField(_("title of the document"), blank=True)
    source = models.TextField(_("organization or source"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    text = models.TextField(_("text"), blank=True)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    question = models.CharField(_("found with"), max_length=QUESTION, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    current_text = models.TextField(_("text now"), blank=True)
    collected_at = models.DateTimeField(_("collected"))
    updated_at = models.DateTimeField(_("saved"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    hidden = models.JSONField(_("words that may come back"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("collected passage")
        verbose_name_plural = _("collected passages")
        ordering = ["order", "pk"]
        indexes = [
            models.Index(fields=["dossier", "order"], name="item_order"),  # a dossier from top to bottom
            models.Index(fields=["document"], name="item_document"),  # what a change of a document touches
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "document", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="item_passage_once",
            ),
            models.CheckConstraint(
                name="item_withdrawn_has_no_text",
                condition=Q(withdrawn_at__isnull=True)
                | Q(title="", source="", heading="", text="", sha256="", current_text="", question=""),
            ),
            models.CheckConstraint(
                name="item_public_has_text",
                condition=Q(withdrawn_at__isnull=False) | (~Q(text="") & ~Q(title="") & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="item_hides_withdrawn_words",
                condition=Q(hidden__isnull=True) | Q(withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} p{self.position}"

    @property
    def identity(self) -> str:
        """What the permanent address `/r/.../` is made of."""
        return self.document.partition("/")[0]

    @property
    def number(self) -> str:
        """The public number; pages have none."""
        return self.identity if parse_public_id(self.identity) else ""


class Share(models.Model):
    """A person let in by address; without `person` it waits until somebody confirms that address.

    `offered_at`: the owner has offered this person to take the dossier over.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="shares")
    email = models.EmailField(_("e-mail address"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(_("given"))
    offered_at = models.DateTimeField(_("offered"), null=True, blank=True)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["pk"]
        indexes = [models.Index(fields=["email"], name="share_email")]  # who waits for an address
        constraints = [
            models.UniqueConstraint(fields=["dossier", "email"], name="share_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(offered_at__isnull=False), name="share_one_offer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"
