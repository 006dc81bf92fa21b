"""What accounts hold of a person, with the packages below them: sign-in, second step, sessions, admin."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain import CONFIRM_WITHIN, INVITATIONS_KEPT, LOG_KEPT
from portal.accounts.sign_ins import IDLE, OLDEST, sessions_of
from portal.common.models import Event
from portal.common.personal import Held, Kept, Person, Topic, deletes, forgets, keeps
from portal.common.typed.writer import LASTS

LOG_KEY = _("the log shows that nothing was changed unseen; without the account nobody knows whose key it is")


def own_events(person: Person) -> QuerySet[Any]:
    """What the person did, and what happened to the account."""
    about = Q(object_kind="user", object_key=str(person.pk))
    return Event.objects.filter(Q(user_id=person.pk) | about)


def own_sessions(person: Person) -> QuerySet[Any]:
    return Session.objects.filter(pk__in=list(sessions_of(person)))


def admin_entries(person: Person) -> QuerySet[Any]:
    """By the person, or about the account: these quote its name."""
    user = ContentType.objects.get_by_natural_key("accounts", "user")
    about = Q(content_type=user, object_id=str(person.pk))
    return apps.get_model("admin.LogEntry").objects.filter(Q(user=person.pk) | about)


def confirmations(person: Person) -> QuerySet[Any]:
    rows = apps.get_model("account.EmailConfirmation").objects
    return rows.filter(email_address__user=person.pk)


PERSONAL: tuple[Held, ...] = (
    # The account itself goes last.
    deletes(
        "accounts.User",
        Topic.ACCOUNT,
        "id",
        shown=("email", "name", "language", "date_joined", "last_login"),
    ),
    deletes("account.EmailAddress", Topic.ACCOUNT, "user", "email", shown=("email", "verified", "primary")),
    deletes("account.EmailConfirmation", Topic.ACCOUNT, "email_address", rows=confirmations),
    deletes(
        "mfa.Authenticator",
        Topic.SIGN_INS,
        "user",
        shown=("type", "created_at", "last_used_at"),
        texts=("data",),
        label=_("second steps and passkeys"),
    ),
    deletes("accounts.SignIn", Topic.SIGN_INS, "user", shown=("device", "began", "seen")),
    deletes("sessions.Session", Topic.SIGN_INS, rows=own_sessions, texts=("session_data",)),
    deletes("accounts.User_groups", Topic.STAFF, "user", shown=("group",), label=_("tasks")),
    deletes(
        "accounts.User_user_permissions", Topic.STAFF, "user", shown=("permission",), label=_("permissions")
    ),
    deletes(
        "accounts.StaffInvitation",
        Topic.STAFF,
        "email",
        shown=("email", "tasks", "language", "sent_at", "expires_at", "used_at"),
        texts=("reason",),
    ),
    forgets("accounts.StaffInvitation", Topic.STAFF, "invited_by", shown=("sent_at", "tasks")),
    deletes("accounts.StaffChange", Topic.STAFF, "user", shown=("action", "tasks", "reason", "at")),
    forgets("accounts.StaffChange", Topic.STAFF, "by", shown=("action", "at")),
    deletes(
        "admin.LogEntry",
        Topic.STAFF,
        "user",
        rows=admin_entries,
        shown=("action_time", "object_repr", "change_message"),
        label=_("changes in the admin of the database"),
    ),
    deletes("common.KeptForm", Topic.WRITTEN, "user", shown=("page", "body", "at"), texts=("action",)),
    keeps(
        "common.Event",
        Topic.LOG,
        "user_id",
        rows=own_events,
        shown=("at", "action", "object_kind", "object_key", "details"),
        texts=("actor_name",),
        why=LOG_KEY,
    ),
)

KEPT: tuple[Kept, ...] = (
    Kept(Topic.ACCOUNT, _("Sign-ups whose code nobody typed"), CONFIRM_WITHIN),
    Kept(Topic.SIGN_INS, _("A browser in which nothing is done stays signed in"), IDLE),
    Kept(Topic.SIGN_INS, _("Every browser stays signed in at most"), OLDEST),
    Kept(Topic.WRITTEN, _("What you sent while signed out waits for you"), LASTS),
    Kept(Topic.STAFF, _("Invitations to the staff that nobody took up, after they ended"), INVITATIONS_KEPT),
    Kept(Topic.LOG, _("Sign-ins, failures and changes of an account"), LOG_KEPT),
)
