"""The append-only event log: what happened to which object, by whom, when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One line of the log. Written by `portal.common.events.record`, never changed.

    Of a person it holds `user_id` alone (`accounts.queries.names_of` gives names), else `actor_name`.
    """

    at = models.DateTimeField(_("at"))
    action = models.CharField(_("action"), max_length=60)
    object_kind = models.CharField(_("kind of object"), max_length=40)
    object_key = models.CharField(_("object"), max_length=64)
    user_id = models.BigIntegerField(_("user"), null=True, blank=True)
    actor_name = models.CharField(_("actor"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["object_kind", "object_key"], name="event_object")
        ]  # an object's history

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_kind} {self.object_key}"


class KeptForm(models.Model):
    """What somebody typed and sent while signed out; it waits for that account alone (`typed.kept`).

    `page` is the address that holds the form, `action` where it is sent, both in the default language;
    `place` is the digest of both paths; `body` is a list of pairs in JSON, `size` its bytes.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    page = models.TextField(_("page"))
    action = models.TextField(_("sent to"))
    place = models.CharField(_("digest of page and address"), max_length=64)
    body = models.TextField(_("what was typed"))
    size = models.PositiveIntegerField(_("size"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="kept_form_once")]
        indexes = [models.Index(fields=["at"], name="kept_form_at")]  # the expired ones

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
