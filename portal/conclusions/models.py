"""Conclusions of a consultation as the secretariat drafts them. Private: the public reads the ledger.

A text that an import wrote remembers what it wrote (`import_digest`), so that a later import knows
what an editor has changed since.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.conclusions.enums import PartKind, Unit
from portal.conclusions.evidence_models import Disposition, Evidence, ForceChoice, RecommendationFacts
from portal.conclusions.objection_models import Objection
from portal.conclusions.public_models import PublicConclusions, PublicDisposition, PublicEvidence
from portal.conclusions.states import CLOSED, STATES, ConclusionsState

__all__ = [
    "Conclusions",
    "Disposition",
    "Evidence",
    "Footnote",
    "ForceChoice",
    "Objection",
    "Part",
    "PartText",
    "ParticipantCategory",
    "ParticipantText",
    "PublicConclusions",
    "PublicDisposition",
    "PublicEvidence",
    "RecommendationFacts",
    "Source",
    "Summary",
]


class Conclusions(models.Model):
    """One version of the conclusions of a consultation; `consultation_key` is its page's translation key.

    `writers` are all who changed it, `author` who did last; somebody else publishes it. Of the last one the
    database holds to that.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation_key = models.UUIDField(_("consultation"))
    number = models.PositiveIntegerField(_("version"), default=1)
    language = models.CharField(_("original language"), max_length=2, choices=language_choices)
    # Without choices: a new state needs no migration. `STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=ConclusionsState.DRAFT.value)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("saved"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("conclusions")
        verbose_name_plural = _("conclusions")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["consultation_key", "number"], name="conclusions_number_once"),
            models.UniqueConstraint(
                fields=["consultation_key"],
                condition=~Q(state__in=CLOSED),
                name="conclusions_one_open",
            ),
            models.CheckConstraint(
                name="conclusions_public_has_date",
                condition=~Q(state__in=CLOSED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="conclusions_two_people",
                condition=Q(published_by__isnull=True)
                | Q(author__isnull=True)
                | ~Q(published_by=F("author")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_key} v{self.number}"

    @property
    def is_editable(self) -> bool:
        return self.state in STATES.editable


class Source(models.Model):
    """The file that gave the text of one language; `digest` is the SHA-256 of its bytes."""

    conclusions = models.ForeignKey(Conclusions, models.CASCADE, related_name="sources")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    file_name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(_("SHA-256"), max_length=64)
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conclusions", "language"], name="conclusions_source_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.language})"


class Summary(models.Model):
    """What conclusions say in plain words of one language, for readers who are not lawyers."""

    conclusions = models.ForeignKey(Conclusions, models.CASCADE, related_name="summaries")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("summary in plain words")
        verbose_name_plural = _("summaries in plain words")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conclusions", "language"], name="conclusions_summary_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class StandingParts(models.Manager["Part"]):
    """Without those that an editor removed."""

    def get_queryset(self) -> models.QuerySet["Part"]:
        return super().get_queryset().filter(removed_at__isnull=True)


class Part(models.Model):
    """One part of the document: a segment, a recommendation, a paragraph. `position` counts through all.

    Its key stays over imports, languages and versions of the conclusions; `number` is its place, such as
    `2.1.3`. What an import wrote and an editor removed stays as a row that nothing but the import sees: the
    next one leaves it out.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    conclusions = models.ForeignKey(Conclusions, models.CASCADE, related_name="parts")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.CharField(_("kind"), max_length=20, choices=PartKind)
    number = models.CharField(_("number"), max_length=40, blank=True)
    position = models.PositiveIntegerField(_("position"))
    # Of kind and number as the last import wrote them; empty for a part that an editor made.
    import_digest = models.CharField(max_length=64, blank=True, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    objects = StandingParts()
    with_removed = models.Manager["Part"]()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["conclusions", "key"], name="part_key_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


class PartText(models.Model):
    """A part's words in one language; official where they come from the document itself.

    `label` is what the document calls it where that was cut from its heading, such as `II SEGMENT`.
    """

    part = models.ForeignKey(Part, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    label = models.CharField(_("label"), max_length=80, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    body = models.TextField(_("text"), blank=True)
    is_official = models.BooleanField(_("official"), default=False)
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("text of a part")
        verbose_name_plural = _("texts of a part")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["part", "language"], name="part_text_language_once")]

    def __str__(self) -> str:
        return self.heading or self.body[:80]


class Addressee(models.Model):
    """To whom a recommendation speaks: the code of an organization type (`portal.taxonomy`)."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="addressees")
    type_code = models.SlugField(_("type"), max_length=40)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["part", "type_code"], name="addressee_once")]

    def __str__(self) -> str:
        return self.type_code


class Footnote(models.Model):
    """A footnote; the body of its part says `[^number]` where it belongs."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="footnotes")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    number = models.CharField(_("number"), max_length=10)
    text = models.TextField(_("text"))
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("footnote")
        verbose_name_plural = _("footnotes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["part", "language", "number"], name="footnote_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:80]}"


class ParticipantCategory(models.Model):
    """A category of participants with the figure that the document gives; `code` is an organization type's.

    The figure counted from the data stands beside it and never here.
    """

    conclusions = models.ForeignKey(Conclusions, models.CASCADE, related_name="participant_categories")
    code = models.SlugField(_("category"), max_length=40)
    official_count = models.PositiveIntegerField(_("official figure"), null=True, blank=True)
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit, default=Unit.BODIES)
    position = models.PositiveIntegerField(_("position"), default=0)
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("category of participants")
        verbose_name_plural = _("categories of participants")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conclusions", "code"], name="participant_category_once")
        ]

    def __str__(self) -> str:
        return self.code


class ParticipantText(models.Model):
    """What the document says of a category in one language: its own words for it, and the names it gives."""

    category = models.ForeignKey(ParticipantCategory, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    note = models.TextField(_("note"), blank=True)
    names = models.TextField(_("names"), blank=True)
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("words about a category of participants")
        verbose_name_plural = _("words about categories of participants")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["category", "language"], name="participant_text_language_once")
        ]

    def __str__(self) -> str:
        return self.note or self.names
