"""Vocabularies kept as data: organization types, cross-cutting marks (translated snippets), concepts."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.common.choices import language_choices
from portal.taxonomy.content import content_of
from portal.taxonomy.enums import MarkFacet, ProposalKind, ProposalOrigin, ProposalState


@register_snippet
class OrganizationType(TranslatableMixin, models.Model):
    """A kind of stakeholder, one row per language; `code` is what other tables refer to."""

    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels: ClassVar = [FieldPanel("name"), FieldPanel("position")]
    translatable_fields: ClassVar = [TranslatableField("name"), SynchronizedField("position")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("organization type")
        verbose_name_plural = _("organization types")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="organization_type_code")]

    def __str__(self) -> str:
        return self.name


@register_snippet
class CrossCuttingMark(TranslatableMixin, models.Model):
    """What runs across questions and segments, one row per language; `code` is what is kept and published."""

    code = models.SlugField(_("code"), max_length=40)
    facet = models.CharField(_("what it tells"), max_length=20, choices=MarkFacet)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels: ClassVar = [FieldPanel(name) for name in ("code", "facet", "name", "position")]
    translatable_fields: ClassVar = [
        TranslatableField("name"),
        SynchronizedField("facet"),
        SynchronizedField("position"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("cross-cutting mark")
        verbose_name_plural = _("cross-cutting marks")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="mark_code")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Published records hold the code: it stays."""
        kept = type(self).objects.filter(pk=self.pk).values_list("code", flat=True).first()
        if kept and kept != self.code:
            raise ValidationError({"code": _("A code cannot change: published records hold it.")})


class Marked(models.Model):
    """What bears cross-cutting marks: their codes, in the order of the vocabulary."""

    marks = models.JSONField(_("cross-cutting marks"), default=list, blank=True)

    class Meta:
        abstract = True


class Concept(models.Model):
    """A term of the process that has the same meaning in the four languages.

    `revision` counts its changes; a concept that was removed keeps its row and is not in force.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    notes = models.JSONField(_("notes by language"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("glossary concept")
        verbose_name_plural = _("glossary concepts")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Term(models.Model):
    """A word or phrase for a concept in one language; one preferred term a language."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="terms")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    text = models.CharField(_("text"), max_length=160)
    preferred = models.BooleanField(_("preferred"), default=False)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["concept_id", "language", "-preferred", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "text"], name="term_text"),
            models.UniqueConstraint(
                fields=["concept", "language"], condition=models.Q(preferred=True), name="term_preferred"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"


class BroaderConcept(models.Model):
    """One concept stands under another; no way over broader concepts leads back (the domain checks)."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="broader_links")
    broader = models.ForeignKey(Concept, models.CASCADE, related_name="narrower_links")

    class Meta:
        verbose_name = _("broader concept")
        verbose_name_plural = _("broader concepts")
        ordering = ["broader__key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["concept", "broader"], name="broader_once"),
            models.CheckConstraint(condition=~Q(concept=F("broader")), name="broader_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.concept_id} < {self.broader_id}"


def validate_content(value: object) -> None:
    """The field's JSON is the content of a concept."""
    try:
        content_of(value)
    except ValueError as problem:
        raise ValidationError(str(problem)) from None


class GlossaryProposal(models.Model):
    """One proposed change of the glossary with its whole content; the rows of a concept are its history.

    `before` is what the concept said when this was proposed. `evidence` refers to public texts and holds
    none of them. Nobody decides about a proposal of their own; the database refuses it as well. People whose
    account is erased are missing from it.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind)
    origin = models.CharField(_("origin"), max_length=10, choices=ProposalOrigin)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    concept = models.ForeignKey(
        Concept,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("glossary concept"),
    )
    base_revision = models.PositiveIntegerField(_("revision it starts from"), default=0)
    content = models.JSONField(_("content"), validators=[validate_content])
    before = models.JSONField(_("content before"), null=True, blank=True)
    comment = models.TextField(_("why"), blank=True)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("glossary proposal")
        verbose_name_plural = _("glossary proposals")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "origin", "-score"], name="proposal_waiting"),  # what waits
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proposal_two_people",
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="proposal_decided_when",
                condition=Q(state=ProposalState.WAITING, decided_at__isnull=True)
                | (~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_declined_with_reason",
                condition=~Q(state=ProposalState.DECLINED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="proposal_names_its_concept",
                condition=Q(kind=ProposalKind.ADD) | Q(concept__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.content.get("key", ""))

    @property
    def is_waiting(self) -> bool:
        return self.state == ProposalState.WAITING
