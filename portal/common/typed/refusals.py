"""The reasons for which a sent form is refused, in words; the answers of this room show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Refusal:
    """`is_passing`: the same form can be taken a moment later, so it is offered even with nothing typed."""

    status: int
    title: Promise
    text: Promise
    is_passing: bool = False
    headers: tuple[tuple[str, str], ...] = ()


KEY = Refusal(
    403,
    _("Not sent yet"),
    _(
        "This form had lost its key: the page was open for long, or you have signed in again in another tab. "
        "Nothing was changed and nothing is lost. Send it again."
    ),
    is_passing=True,
)
NOT_ALLOWED = Refusal(
    403,
    _("This is not open to you"),
    _(
        "Nothing was saved: the account you are signed in with may not do this. Copy what you typed, or ask "
        "an owner of your organization and send it again."
    ),
)
SIGNED_OUT = Refusal(
    403,
    _("You are signed out"),
    _("Nothing is saved yet. Sign in in another tab, then come back to this page and send it again."),
    is_passing=True,
)
OTHER_WRITER = Refusal(
    403,
    _("Somebody else is signed in"),
    _(
        "This form was opened with another account than the one that is signed in here now. What was typed "
        "is kept for that account and shown to nobody else: sign out, sign in with it, and the text is there."
    ),
)
OTHER_WRITER_NOT_KEPT = Refusal(
    403,
    _("Somebody else is signed in"),
    _(
        "Nothing was saved: this form was opened with another account than the one that is signed in here "
        "now. Go back with your browser: it still holds what you typed. Sign in with that account in another "
        "tab, then send it again."
    ),
)
TOO_LARGE = Refusal(
    413,
    _("Too much at once"),
    _("Nothing was saved. Shorten it, or send it in parts."),
)
TOO_MANY_FIELDS = Refusal(400, _("Too many fields"), _("Nothing was saved. Choose less, and send it again."))
UNREADABLE = Refusal(
    400,
    _("The form arrived broken"),
    _("Nothing was saved. Go back with your browser: it still holds what you typed. Then send it once more."),
)
BAD = Refusal(400, _("The form could not be taken"), _("Nothing was saved. What you typed is below."))
NO_FORM_HERE = Refusal(
    405,
    _("This address takes no form"),
    _("Nothing was saved. What you typed is below: copy it to where it belongs."),
)
MISSING = Refusal(
    404,
    _("What this belongs to is not there any more"),
    _("It was deleted, withdrawn, or is no longer open to you. What you typed is below: copy what you need."),
)
CLASH = Refusal(409, _("Somebody was faster"), _("Nothing was saved. What you typed is below."))
TOO_OFTEN = Refusal(
    429,
    _("Too often in a short time"),
    _("Nothing was saved. Wait a minute or two, then send it again."),
    is_passing=True,
    headers=(("Retry-After", "60"),),
)
BUSY = Refusal(
    503,
    _("The portal is busy for a moment"),
    _("Something else is being written, so this was not saved. Wait a few seconds, then send it again."),
    is_passing=True,
    headers=(("Retry-After", "5"),),
)
FAILED = Refusal(
    500,
    _("Something failed here"),
    _("The fault is ours and has been recorded. What you typed is below: send it again in a few minutes."),
    is_passing=True,
)

_BY_STATUS = {
    each.status: each for each in (BAD, NOT_ALLOWED, MISSING, NO_FORM_HERE, CLASH, TOO_LARGE, TOO_OFTEN, BUSY)
} | {410: MISSING}


def of_status(status: int) -> Refusal:
    return _BY_STATUS.get(status, FAILED if status >= 500 else BAD)


def is_busy(exception: Any) -> bool:
    """Whether the database said that somebody else holds what this needs; its other faults are faults."""
    state = getattr(exception.__cause__, "sqlstate", None)
    return state in {"55P03", "40P01", "40001", "57014"} or "is locked" in str(exception)
