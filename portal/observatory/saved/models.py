"""Saved searches, what they were told to have found, and the mails about it.

`domain` writes people's own rows, `stock`, `alerts` and `digests` write matches.
"""

import secrets
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.observatory.saved.enums import Telling

LONGEST_NAME = 120


def new_token() -> str:
    """An address nobody guesses: 192 bits."""
    return secrets.token_urlsafe(24)


class SavedSearch(models.Model):
    """A question of one person. `address` is what `search.results.query_params.address_of` makes of it.

    `found` holds the keys of what it found when it was kept: none of that is new. Empty until a scroll has
    been made; `is_settled` once a second look has found what came between that scroll and its being noted.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    address = models.TextField(_("question"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    telling = models.CharField(_("mails"), max_length=10, choices=Telling, default=Telling.NONE)
    mails_from = models.DateTimeField(_("mails from"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    opened_at = models.DateTimeField(_("last opened"))
    token = models.CharField(_("feed"), max_length=40, unique=True, default=new_token)
    found = models.BinaryField(_("found when kept"), null=True, blank=True)
    is_settled = models.BooleanField(_("settled"), default=False)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(telling=Telling.NONE) | Q(mails_from__isnull=False), name="saved_mails_from"
            ),
            models.CheckConstraint(
                condition=Q(is_settled=False) | Q(found__isnull=False), name="saved_settled_is_found"
            ),
        ]
        indexes: ClassVar = [
            models.Index(  # what still needs a scroll
                fields=["id"], name="saved_unsettled", condition=Q(is_settled=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BatchSearch(models.Model):
    """The questions of one file of one person, as `[row, address]`; never their answers."""

    key = models.UUIDField(_("key"), unique=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="batch_searches", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    asked = models.JSONField(_("questions"))
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("batch search")
        verbose_name_plural = _("batch searches")

    def __str__(self) -> str:
        return self.name


class Digest(models.Model):
    """A mail to one person about one period: made together with its matches, sent afterwards."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    telling = models.CharField(_("mails"), max_length=10, choices=Telling)
    period = models.CharField(_("period"), max_length=10)
    created_at = models.DateTimeField(_("created"))
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "telling", "period"], name="digest_once_a_period")
        ]
        indexes: ClassVar = [
            models.Index(  # what is still to be sent
                fields=["id"], name="digest_waiting", condition=Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.telling} {self.period}"


class FoundDocument(models.Model):
    """How a found document is called, for feeds and lists; emptied when it is not public any more."""

    id = models.CharField(_("entry of the index"), max_length=90, primary_key=True)
    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=8)
    title = models.TextField(_("title"), blank=True)
    path = models.TextField(_("path"), blank=True)

    class Meta:
        verbose_name = _("found document")
        verbose_name_plural = _("found documents")

    def __str__(self) -> str:
        return self.id


class Match(models.Model):
    """A thing that a saved search has newly found, in whatever language; told once.

    `is_current` while the thing is public and still answers. One that was not told yet goes when it does
    not; a told one stays, so that it is never told again.
    """

    search = models.ForeignKey(
        SavedSearch, models.CASCADE, related_name="matches", verbose_name=_("saved search")
    )
    thing = models.CharField(_("thing"), max_length=80)
    document = models.ForeignKey(
        FoundDocument, models.PROTECT, related_name="+", verbose_name=_("found document")
    )
    position = models.PositiveIntegerField(_("position"))
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    anchor = models.CharField(_("anchor"), max_length=200, blank=True)
    found_at = models.DateTimeField(_("found"))
    is_current = models.BooleanField(_("current"), default=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    digest = models.ForeignKey(
        Digest, models.SET_NULL, null=True, blank=True, related_name="matches", verbose_name=_("digest")
    )

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["search", "thing"], name="match_once"),
            models.CheckConstraint(
                condition=Q(digest__isnull=True) | Q(told_at__isnull=False), name="match_in_digest_is_told"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["thing"], name="match_thing"),  # what a change touches
            models.Index(fields=["search", "-found_at"], name="match_newest"),  # feeds and lists
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.thing}"


class Unevaluated(models.Model):
    """A thing whose change could not be held against the saved searches: to be tried again."""

    thing = models.CharField(_("thing"), max_length=80, unique=True)
    noted_at = models.DateTimeField(_("noted"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"))

    class Meta:
        verbose_name = _("change to evaluate")
        verbose_name_plural = _("changes to evaluate")

    def __str__(self) -> str:
        return self.thing
