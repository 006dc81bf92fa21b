"""The append-only event log: what happened to which object, by whom, when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One line of the log. Written by `portal.common.events.record`, never changed."""

    at = models.DateTimeField(_("at"))
    action = models.CharField(_("action"), max_length=60)
    object_kind = models.CharField(_("kind of object"), max_length=40)
    object_key = models.CharField(_("object"), max_length=64)
    user_id = models.BigIntegerField(_("user"), null=True, blank=True)
    actor_name = models.CharField(_("actor"), max_length=200)
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
