"""An amendment of a public text that somebody of the secretariat proposes. Private."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.organizations.models import Organization
from portal.submissions.amending_enums import AmendmentState


class Amendment(models.Model):
    """`changes` are the new values by name: texts, `language`, `country`, `places` (keys and codes).

    They are emptied once it is accepted: the new version says them. `revision` and `record_version` are
    those of the text and of its public record that the proposal is about. `reason` is read in public once it
    is accepted, `said` (why it is refused) by who proposed it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="amendments")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    # Without choices, as everywhere: `amending_enums` knows them.
    part = models.CharField(_("what of it"), max_length=10)
    changes = models.JSONField(_("new values"), default=dict, blank=True)
    reason = models.TextField(_("reason"))
    reason_language = models.CharField(_("language of the reason"), max_length=2, choices=language_choices)
    revision = models.PositiveIntegerField(_("revision"))
    record_version = models.PositiveIntegerField(_("version of the public record"))
    state = models.CharField(_("state"), max_length=20, default=AmendmentState.PROPOSED.value)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("proposed"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    said = models.TextField(_("why it is refused"), blank=True)

    class Meta:
        verbose_name = _("amendment of a text")
        verbose_name_plural = _("amendments of texts")
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="amendment_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "submission_key"],
                condition=Q(state=AmendmentState.PROPOSED.value),
                name="amendment_one_open",
            ),
            models.CheckConstraint(name="amendment_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="amendment_refused_says_why",
                condition=~Q(state=AmendmentState.REFUSED.value) | ~Q(said=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
