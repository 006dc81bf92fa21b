"""What every submission has, its texts as they were saved, its versions as they were submitted. Private."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_codes, language_choices
from portal.organizations.models import Organization
from portal.submissions.amending_models import Amendment
from portal.submissions.redress_models import Appeal, Cut, Measure, Readmission
from portal.submissions.states import STATES, SubmissionState

__all__ = [
    "Amendment",
    "Appeal",
    "Cut",
    "Measure",
    "Readmission",
    "Submission",
    "SubmittedVersion",
    "Withholdable",
]


class Submission(models.Model):
    """What an organization writes. Private: the public reads the ledger's record of it.

    Its state changes through `portal.submissions.domain` only.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="%(class)ss")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_codes, blank=True)
    # Without choices: a new state needs no migration. `STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=SubmissionState.DRAFT.value)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    reason = models.TextField(_("reason"), blank=True)
    submit_key = models.UUIDField(_("one-use submit key"), default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-updated_at"]
        # The moderators' queue, oldest first.
        indexes = [models.Index(fields=["state", "submitted_at"], name="%(class)s_queue")]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_submitted_is_complete",
                condition=Q(state="draft") | Q(submitted_at__isnull=False, title__gt=""),
            ),
            models.CheckConstraint(
                name="%(class)s_returned_needs_reason", condition=~Q(state="returned") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def kind(self) -> str:
        """Names its `SubmissionType`."""
        return self._meta.model_name or ""

    @property
    def is_editable(self) -> bool:
        return self.state in STATES.editable


class Withholdable(models.Model):
    """A submission whose authors choose whether it bears their organization's name."""

    is_name_withheld = models.BooleanField(_("name withheld"), default=False)

    class Meta:
        abstract = True


class Signable(Submission):
    """A submission that other organizations may sign (`portal.joint`).

    `is_joint`: it stands on behalf of a network, or others were invited; of all others nobody has to ask.
    """

    is_joint = models.BooleanField(_("joint statement"), default=False, editable=False)

    class Meta(Submission.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_submitted_is_complete",
                condition=Q(state="draft")
                | Q(state="awaiting_signatures", title__gt="")
                | Q(submitted_at__isnull=False, title__gt=""),
            ),
            Submission.Meta.constraints[1],
        ]


class SubmittedVersion(models.Model):
    """One version as it was submitted, with its receipt. Written once; only two marks change.

    `was_published`: it has become public. The last of those is what readers read, while anything is.
    """

    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    number = models.PositiveIntegerField(_("number"))
    receipt_number = models.CharField(_("receipt number"), max_length=11, unique=True)
    digest = models.CharField(_("SHA-256 of what was sent"), max_length=64)
    # Canonical JSON, letter by letter what `digest` counts; empty where it was not kept in time.
    content = models.TextField(_("content"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"))
    # After the deadline, in the time of grace; who wrote it and the secretariat read so, the public does not.
    is_late = models.BooleanField(_("late"), default=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The worker has yet to make the files of its receipt and to send it by mail.
    is_to_tell = models.BooleanField(_("receipt is to be sent"), default=False)
    was_published = models.BooleanField(_("has become public"), default=False)

    class Meta:
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        ordering = ["kind", "submission_key", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "submission_key", "number"], name="submitted_version_number"
            )
        ]
        indexes = [models.Index(fields=["id"], name="receipt_to_tell", condition=Q(is_to_tell=True))]

    def __str__(self) -> str:
        return f"{self.receipt_number} {self.kind} v{self.number}"


class ReceiptFile(models.Model):
    """A receipt as a file, as it was made the first time: whoever downloads it gets these bytes."""

    version = models.ForeignKey(SubmittedVersion, models.CASCADE, related_name="files")
    form = models.CharField(_("form"), max_length=3)
    content = models.BinaryField(_("content"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("file of a receipt")
        verbose_name_plural = _("files of receipts")
        constraints = [models.UniqueConstraint(fields=["version", "form"], name="receipt_file_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.form}"


class KeptText(models.Model):
    """What a text said when it was written anew, and the state that it was in: its authors can go back there.

    `rows` is JSON of its own row and those that hang on it (`portal.submissions.way_back`). It goes once the
    state is left for good. Private, as the text is.
    """

    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    state = models.CharField(_("state before"), max_length=20)
    rows = models.TextField(_("text"))
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("text to go back to")
        verbose_name_plural = _("texts to go back to")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "submission_key", "state"], name="kept_text_of_state")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.submission_key} {self.state}"


class SavedText(models.Model):
    """One step of a text as somebody saved it: the history that its organization alone reads.

    `values` is canonical JSON of what the step shows. `page` tells the opened page that saved it and its
    turn, `role` that of who did. A way of `before` is what stood there already, `aside` what was typed and
    not saved, because somebody else had been faster. `thinned`: 0 as written, 1 one an hour, 2 one a day.
    """

    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    step = models.CharField(_("step"), max_length=30)
    revision = models.PositiveIntegerField(_("revision"))
    values = models.TextField(_("text"))
    way = models.CharField(_("saved how"), max_length=10)
    page = models.CharField(_("opened page"), max_length=32, blank=True)
    role = models.CharField(_("role"), max_length=20, blank=True)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    thinned = models.PositiveSmallIntegerField(_("thinned"), default=0)

    class Meta:
        verbose_name = _("saved text")
        verbose_name_plural = _("saved texts")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["thinned", "saved_at"], name="saved_text_thinned"),
            models.Index(fields=["kind", "submission_key", "id"], name="saved_text_of_one"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "submission_key", "step", "revision"],
                condition=~Q(way="aside"),
                name="saved_text_revision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.submission_key} {self.step} {self.revision}"
