"""The user: a person known by an e-mail address, with a name and a language; tries that count; browsers."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import folded_address
from portal.common.choices import language_choices
from portal.common.languages import DEFAULT


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=folded_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices, default=DEFAULT)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Tries(models.Model):
    """When somebody tried something that is limited: one row for each limit and each whom it counts for.

    `key` is a digest, `times` holds seconds since 1970, oldest first, never more than the limit allows.
    """

    key = models.CharField(_("whom it counts for"), max_length=64, unique=True)
    times = models.JSONField(_("times"), default=list)
    until = models.DateTimeField(_("counts until"))

    class Meta:
        verbose_name = _("tries")
        verbose_name_plural = _("tries")
        indexes = [models.Index(fields=["until"], name="tries_until")]  # those that count no more

    def __str__(self) -> str:
        return self.key


class SignIn(models.Model):
    """A browser in which somebody is signed in: its kind, since when, last seen when; never from where."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name=_("user"))
    session_key = models.CharField(_("key of the session"), max_length=40, unique=True)
    device = models.CharField(_("browser"), max_length=60, blank=True)
    began = models.DateTimeField(_("since"))
    seen = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-seen", "-pk"]

    def __str__(self) -> str:
        return f"{self.device} {self.began:%Y-%m-%d %H:%M}"


class StaffInvitation(models.Model):
    """A mail that makes somebody one of the staff; its code is stored as a digest only."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    tasks = models.JSONField(_("tasks"), default=list)  # names of groups
    language = models.CharField(_("language"), max_length=2, choices=language_choices, default=DEFAULT)
    digest = models.CharField(_("digest of the code"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="staff_invitations", verbose_name=_("invited by")
    )
    reason = models.TextField(_("reason"))
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to the staff")
        verbose_name_plural = _("invitations to the staff")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            # A newer mail withdraws the older one.
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="staff_invitation_one_open",
            )
        ]

    def __str__(self) -> str:
        return self.email


class StaffChange(models.Model):
    """What was changed of somebody's tasks, by whom and why; the event log holds ids only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="staff_changes", verbose_name=_("user"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("changed by"))
    action = models.CharField(_("action"), max_length=20)
    tasks = models.JSONField(_("tasks since then"), default=list)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of the staff")
        verbose_name_plural = _("changes of the staff")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"
