"""Good practices (private); the public reads the ledger's record of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.attachments.models import Attachment
from portal.interventions.models import OnWholes, QuestionLink
from portal.submissions.models import Signable, Withholdable
from portal.taxonomy.models import Marked


class Practice(Marked, OnWholes, Withholdable, Signable):
    """Something that was done and that others can do too. `countries` are those beside the first."""

    countries = models.JSONField(_("other countries"), default=list, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    measure = models.TextField(_("what was done"), blank=True)
    beneficiaries = models.TextField(_("who benefits"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    conditions = models.TextField(_("conditions to repeat it"), blank=True)
    contact_role = models.CharField(_("whom to ask"), max_length=120, blank=True)

    class Meta(Signable.Meta):
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")


class PracticeAttachment(Attachment):
    """A file that goes with a good practice."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="attachments")

    class Meta(Attachment.Meta):
        constraints = [models.UniqueConstraint(fields=["practice", "file"], name="practice_attachment_once")]


class PracticeQuestion(QuestionLink):
    """A guiding question that a good practice is about."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="questions")

    class Meta(QuestionLink.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "question_key"], name="practice_question_once")
        ]
