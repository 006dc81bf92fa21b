"""Why a file is not taken in; every reader of files raises `Refused`, forms and commands show it."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EMPTY = _("This file is empty. Choose another one.")


class Reason(StrEnum):
    """Why a file is refused; part of the commands' and the forms' contract."""

    MISSING = "missing"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    UNSUPPORTED = "unsupported"
    MISMATCH = "not_what_its_name_says"
    BINARY = "binary"
    ENCODING = "encoding"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"
    FORM_SHELL = "form_shell"
    LANGUAGE = "language"
    GARBLED = "garbled"
    POINTS_OUTSIDE = "points_outside"


class Refused(Exception):
    """A file that is not taken in. `message` is a lazily translated sentence for the person who gave it."""

    def __init__(self, reason_code: Reason, message: str | Promise) -> None:
        super().__init__(reason_code, message)
        self.reason_code = reason_code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def mismatch() -> Refused:
    return Refused(
        Reason.MISMATCH,
        _("The content of this file is not what its name says. Please save it again in the right format."),
    )


def encrypted() -> Refused:
    return Refused(
        Reason.ENCRYPTED, _("This file is protected with a password. Please save it without a password.")
    )


def damaged() -> Refused:
    return Refused(Reason.DAMAGED, _("This file is damaged and cannot be read. Please save it again."))


def points_outside() -> Refused:
    return Refused(
        Reason.POINTS_OUTSIDE,
        _(
            "This file takes words from outside itself (an XML entity), so it cannot be read whole."
            " Please open it in a text program and save it again."
        ),
    )


def empty() -> Refused:
    return Refused(Reason.EMPTY, EMPTY)


def swollen() -> Refused:
    return Refused(Reason.TOO_LARGE, _("This file unpacks to more than the portal can take in."))
