"""The public ledger. Everything in these tables may be read by everyone, but the targets of links.

A link may name something that is not public; it is read only through the record at its end.
Rows come from `portal.publication.domain` only, through the allow-list.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.ids import public_id
from portal.publication.authors import withheld_words
from portal.publication.enums import RecordState, TranslationKind, TranslationMaker
from portal.publication.kinds import ledger_kind


class Record(models.Model):
    """One public thing with a permanent number. Withdrawn: number and dates stay, the text is gone.

    `merged_into`: why it was withdrawn; its number leads there.
    """

    kind = models.CharField(_("kind"), max_length=20)
    source_key = models.UUIDField(_("source"))
    state = models.CharField(_("state"), max_length=20, choices=RecordState)
    language = models.CharField(_("original language"), max_length=2, choices=language_choices)
    title = models.CharField(_("title"), max_length=300, blank=True)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    organization = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("organization"),
    )
    type_code = models.CharField(_("organization type"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    texts = models.JSONField(_("texts"), default=dict)
    facts = models.JSONField(_("facts"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(_("published"))
    updated_at = models.DateTimeField(_("updated"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # Why it was taken down, a code of `grounds`; empty for any other.
    withdrawn_for = models.CharField(_("taken down for"), max_length=30, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged into")
    )

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")
        indexes = [
            models.Index(
                fields=["kind", "state", "-published_at"], name="record_list"
            ),  # lists, newest first
            models.Index(fields=["organization", "kind", "state"], name="record_organization"),
            # What lists count: rows by country and by type, without reading the texts beside them.
            models.Index(fields=["kind", "state", "country", "type_code"], name="record_counts"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "source_key"], name="record_source"),
            models.CheckConstraint(
                name="record_published_has_title",
                condition=~Q(state=RecordState.PUBLISHED) | ~Q(title=""),
            ),
            models.CheckConstraint(
                name="record_tombstone_has_no_text",
                condition=~Q(state=RecordState.WITHDRAWN)
                | Q(title="", summary="", texts={}, facts={}, withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="record_merged_is_tombstone",
                condition=Q(merged_into=None) | Q(state=RecordState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="record_taken_down_is_tombstone",
                condition=Q(withdrawn_for="") | Q(state=RecordState.WITHDRAWN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.title}"

    @property
    def public_id(self) -> str:
        return public_id(ledger_kind(self.kind).letter, self.pk)

    @property
    def is_published(self) -> bool:
        return self.state == RecordState.PUBLISHED

    @property
    def author_name(self) -> str:
        """The organization's name, or the words of its category in the page's language; empty for none."""
        return self.author_in("")

    def author_in(self, language: str) -> str:
        """The same in a reader's language. No query where the organization is at hand."""
        known = self.organization
        if known is None:
            return withheld_words(self.facts, language)
        return str(known.facts.get(f"name_{language}") or known.title)

    def path(self, language: str) -> str:
        """The record's page in a reader's language, such as `/pt/interventions/I-00007/`."""
        return f"/{language}/{ledger_kind(self.kind).path}/{self.public_id}/"


class RecordVersion(models.Model):
    """What a record said in each of its versions, with a digest that a reader can check.

    `amended`: of one that two have amended `{part, reason, language}`, its part `text` or `filing`; the
    reason may be empty.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    published_at = models.DateTimeField(_("published"))
    amended = models.JSONField(_("amended"), default=dict, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["record_id", "number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="version_number")]

    def __str__(self) -> str:
        return f"{self.record_id} v{self.number}"


class RecordTranslation(models.Model):
    """A labelled translation of one version; stale when the record has moved on.

    `made_by` is empty for one that comes with its text. Any other was entered beside it and stays when the
    text is published anew. `source` is the service, the tool of a machine draft, or where it is from.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="translations")
    of_version = models.PositiveIntegerField(_("of version"))
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    kind = models.CharField(_("kind"), max_length=20, choices=TranslationKind)
    title = models.CharField(_("title"), max_length=300)
    texts = models.JSONField(_("texts"), default=dict)
    made_by = models.CharField(_("made by"), max_length=20, choices=TranslationMaker, blank=True, default="")
    source = models.CharField(_("source"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="translation_language")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.language}"


class RecordLink(models.Model):
    """One link of the trace, readable from both ends once both are public."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="links")
    relation = models.CharField(_("relation"), max_length=20)
    target = models.CharField(_("target"), max_length=64)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_confirmed = models.BooleanField(_("confirmed by a second person"), default=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["record_id", "position"]
        indexes = [models.Index(fields=["relation", "target"], name="link_back")]  # what points at a target
        constraints = [models.UniqueConstraint(fields=["record", "relation", "target"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.relation} {self.target}"


class PublicChange(models.Model):
    """That something public has changed; all rows together name the present state (`figures`)."""

    token = models.BigIntegerField(_("token"))

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")

    def __str__(self) -> str:
        return f"{self.token:x}"
