"""Interventions (private); the public reads the ledger's record of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.attachments.models import Attachment
from portal.consultations.models import Session
from portal.interventions.enums import InterventionForm, Manner
from portal.submissions.models import Signable, Withholdable
from portal.taxonomy.models import Marked


class OnWholes(models.Model):
    """What can be about segments, consultations or plans as a whole: codes of `portal.publication.wholes`."""

    wholes = models.JSONField(_("about as a whole"), default=list, blank=True)

    class Meta:
        abstract = True


class Intervention(Marked, OnWholes, Withholdable, Signable):
    """What an organization says on guiding questions, or on something as a whole."""

    form = models.CharField(
        _("kind"), max_length=20, choices=InterventionForm, default=InterventionForm.INTERVENTION
    )
    body = models.TextField(_("text"), blank=True)
    recommendations = models.JSONField(_("key recommendations"), default=list, blank=True)
    translations = models.JSONField(_("official translations"), default=list, blank=True)
    # Then it has a row `MadeInRoom`; of all others nobody has to ask for one.
    is_from_room = models.BooleanField(_("made in the room"), default=False, editable=False)

    class Meta(Signable.Meta):
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")


class QuestionLink(models.Model):
    """A guiding question that something written is about: the question's translation key, not a page row."""

    question_key = models.UUIDField(_("guiding question"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        verbose_name = _("answered question")
        verbose_name_plural = _("answered questions")
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.question_key)


class InterventionAnswer(QuestionLink):
    """Which guiding question an intervention answers."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="answers")

    class Meta(QuestionLink.Meta):
        constraints = [
            models.UniqueConstraint(fields=["intervention", "question_key"], name="answer_question_once")
        ]


class InterventionAttachment(Attachment):
    """A file that goes with an intervention."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="attachments")

    class Meta(Attachment.Meta):
        constraints = [
            models.UniqueConstraint(fields=["intervention", "file"], name="intervention_attachment_once")
        ]


class MadeInRoom(models.Model):
    """Where an intervention was made that the secretariat entered, and what its organization says of that.

    `source` and `objection` are private: where the text comes from, and what is wrong with it.
    """

    intervention = models.OneToOneField(Intervention, models.CASCADE, related_name="room")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+", verbose_name=_("session"))
    manner = models.CharField(_("how it was made"), max_length=10, choices=Manner)
    speaker_role = models.CharField(_("speaker's role"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=500)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    objection = models.TextField(_("what is wrong with it"), blank=True)
    objected_at = models.DateTimeField(_("told what is wrong"), null=True, blank=True)

    class Meta:
        verbose_name = _("intervention made in the room")
        verbose_name_plural = _("interventions made in the room")
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="room_confirmed_or_objected",
                condition=Q(confirmed_at__isnull=True) | Q(objected_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.intervention_id} {self.manner}"
