"""Vocabularies kept as data: organization types (translated snippets) and glossary concepts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.common.phrases import LANGUAGE_NAMES


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


class Concept(models.Model):
    """A term of the process that has the same meaning in the four languages."""

    key = models.CharField(_("key"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("glossary concept")
        verbose_name_plural = _("glossary concepts")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Term(models.Model):
    """A word or phrase for a concept in one language; one preferred term a language."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="terms")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_NAMES)
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
