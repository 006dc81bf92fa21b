"""Interventions (private); the public reads the ledger's record of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.interventions.enums import InterventionForm
from portal.submissions.models import Submission
from portal.taxonomy.models import Marked


class Intervention(Marked, Submission):
    """What an organization says on guiding questions."""

    form = models.CharField(
        _("kind"), max_length=20, choices=InterventionForm, default=InterventionForm.INTERVENTION
    )
    body = models.TextField(_("text"), blank=True)
    recommendations = models.JSONField(_("key recommendations"), default=list, blank=True)
    translations = models.JSONField(_("official translations"), default=list, blank=True)

    class Meta(Submission.Meta):
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
