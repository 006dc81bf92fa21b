"""What backs the parts of conclusions and what became of each intervention. Private; `models` names them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.conclusions.enums import SAYS_WHY, Outcome, Stance
from portal.conclusions.support import Force
from portal.taxonomy.models import Marked


class RecommendationFacts(Marked):
    """What a recommendation has beside its words and addressees: marks, whether it came from the plenary."""

    part = models.OneToOneField("conclusions.Part", models.CASCADE, related_name="facts")
    is_from_plenary = models.BooleanField(_("from the plenary"), default=False)

    class Meta:
        verbose_name = _("facts of a recommendation")
        verbose_name_plural = _("facts of recommendations")

    def __str__(self) -> str:
        return str(self.part_id)


class ForceChoice(models.Model):
    """A force of support that an editor set instead of the counted one; `category` empty: over all."""

    part = models.ForeignKey("conclusions.Part", models.CASCADE, related_name="force_choices")
    category = models.SlugField(_("category"), max_length=40, blank=True)
    force = models.CharField(_("force of support"), max_length=10, choices=Force)
    note = models.TextField(_("note"))
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("chosen force of support")
        verbose_name_plural = _("chosen forces of support")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["part", "category"], name="force_choice_once"),
            models.CheckConstraint(name="force_choice_has_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.force}"


class Evidence(models.Model):
    """A passage of an intervention or a library document beside a recommendation.

    `field` is the text of the intervention (`body`, `recommendations.0`) or the position of the document's
    passage; `digest` that of the whole text the place was read in, `version` that of the public record.
    Withdrawn: the row stays, its words are gone. While its text is taken down and may come back, `hidden`
    holds what the row says again then; nobody reads it.
    """

    part = models.ForeignKey("conclusions.Part", models.CASCADE, related_name="evidence")
    intervention_key = models.UUIDField(_("intervention"), null=True, blank=True)
    document = models.CharField(_("library document"), max_length=12, blank=True)
    field = models.CharField(_("text"), max_length=40)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    words = models.TextField(_("words"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    digest = models.CharField(_("SHA-256"), max_length=64)
    version = models.PositiveIntegerField(_("version"), default=0)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.SUPPORTS)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    attached_at = models.DateTimeField(_("attached"))
    corrected_at = models.DateTimeField(_("text corrected"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    hidden = models.JSONField(_("words that may come back"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["position", "pk"]
        # Of a record or document that changed.
        indexes = [
            models.Index(fields=["intervention_key"], name="evidence_intervention"),
            models.Index(fields=["document"], name="evidence_document"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "intervention_key", "field", "start", "end"],
                condition=Q(document=""),
                name="evidence_of_intervention_once",
            ),
            models.UniqueConstraint(
                fields=["part", "document", "field", "start", "end"],
                condition=~Q(document=""),
                name="evidence_of_document_once",
            ),
            models.CheckConstraint(
                name="evidence_has_one_source",
                condition=Q(intervention_key__isnull=False, document="")
                | (Q(intervention_key__isnull=True) & ~Q(document="")),
            ),
            models.CheckConstraint(name="evidence_has_length", condition=Q(start__lt=F("end"))),
            models.CheckConstraint(
                name="evidence_withdrawn_keeps_no_word",
                condition=Q(withdrawn_at__isnull=True) | Q(words="", note=""),
            ),
            models.CheckConstraint(
                name="evidence_hides_withdrawn_words",
                condition=Q(hidden__isnull=True) | Q(withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention_key or self.document} {self.field} {self.start}-{self.end}"


class Disposition(models.Model):
    """What became of one intervention in these conclusions, for its authors and everybody.

    `reason` is in the language of the conclusions, `translations` holds it by other languages.
    """

    conclusions = models.ForeignKey("conclusions.Conclusions", models.CASCADE, related_name="dispositions")
    intervention_key = models.UUIDField(_("intervention"))
    outcome = models.CharField(_("what became of it"), max_length=20, choices=Outcome)
    part = models.ForeignKey(
        "conclusions.Part",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dispositions",
        verbose_name=_("recommendation"),
    )
    reason = models.TextField(_("reason"), blank=True)
    translations = models.JSONField(_("translations of the reason"), default=dict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conclusions", "intervention_key"], name="disposition_once"),
            models.CheckConstraint(
                name="disposition_says_why",
                condition=~Q(outcome__in=sorted(each.value for each in SAYS_WHY)) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention_key} {self.outcome}"
