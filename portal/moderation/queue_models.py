"""What moderators keep beside the queue: internal notes, marks of what is ready, signatures of texts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices

LONGEST_NOTE = 2000


class InternalNote(models.Model):
    """What somebody of the secretariat tells the others about a thing; its authors never read it."""

    kind = models.CharField(_("kind"), max_length=20)
    object_key = models.UUIDField(_("object"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "object_key"], name="internal_note_object")]

    def __str__(self) -> str:
        return f"{self.author} {self.kind} {self.object_key}"


class ReadyMark(models.Model):
    """That somebody has read a thing as it was submitted (`seen`) and it can be published with others."""

    kind = models.CharField(_("kind"), max_length=20)
    object_key = models.UUIDField(_("object"))
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    marked_at = models.DateTimeField(_("marked"))
    seen = models.CharField(_("what was read"), max_length=40)

    class Meta:
        verbose_name = _("mark of what is ready")
        verbose_name_plural = _("marks of what is ready")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_key"], name="ready_once")]

    def __str__(self) -> str:
        return f"{self.marked_by} {self.kind} {self.object_key}"


class TextSignature(models.Model):
    """By which near-copies of a submitted text are known; those of one `group` are copies of each other.

    `marks` are the hashes of all its runs of words (`portal.moderation.signatures`); no word stands in it.
    """

    kind = models.CharField(_("kind"), max_length=20)
    object_key = models.UUIDField(_("object"))
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    group = models.UUIDField(_("group"))
    marks = models.BinaryField(_("hashes"))

    class Meta:
        verbose_name = _("signature of a text")
        verbose_name_plural = _("signatures of texts")
        constraints = [models.UniqueConstraint(fields=["kind", "object_key"], name="signature_once")]
        indexes = [models.Index(fields=["group"], name="signature_group")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_key}"


class SignatureMark(models.Model):
    """One of the smallest hashes of a signature: texts that share some of them are compared as a whole."""

    signature = models.ForeignKey(TextSignature, models.CASCADE, related_name="sketch")
    value = models.PositiveBigIntegerField(_("hash"))

    class Meta:
        verbose_name = _("hash of a signature")
        verbose_name_plural = _("hashes of signatures")
        indexes = [models.Index(fields=["value"], name="signature_value")]

    def __str__(self) -> str:
        return f"{self.signature_id} {self.value}"
