"""What a form sent, read to be given back, also where Django refuses to read it; the middleware calls it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from portal.common.actors import ACTS_FOR
from portal.common.languages import language_of
from portal.common.typed import refusals
from portal.common.typed.refusals import Refusal

# Read into memory only for a signed-in person, and only to be given back.
MOST_BYTES = 20 * 1024 * 1024
MOST_FIELDS = 20_000
# A browser shows our answer only after it could send all of its form.
MOST_DRAINED = 100 * 1024 * 1024
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}
# Both lead on to the sign-in of the portal, whatever was sent.
SIGN_IN_OF_ADMIN = ("/admin/login/", "/admin/password_reset/")
KEY_NAME = "csrfmiddlewaretoken"
WRITER_NAME = "opened_by"
# Written anew into each form.
OURS = {KEY_NAME, WRITER_NAME, ACTS_FOR}
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as sent, without its key; `size` in bytes where it was too much.

    `acts_for`: the organization for which it was opened, where a person with several had chosen one.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    writer: str = ""
    acts_for: str = ""
    has_files: bool = False
    refusal: Refusal | None = None
    size: int = 0


def is_form(request: HttpRequest) -> bool:
    """Whether a person's browser sends a form to a page of ours behind the sign-in, or to the sign-in."""
    return (
        request.method == "POST"
        and request.content_type in FORM_TYPES
        and "text/html" in request.headers.get("Accept", "text/html")
        and "X-Requested-With" not in request.headers
        and (is_desk(request.path) or request.path.startswith(("/accounts/", "/admin/")))
        and not request.path.startswith(SIGN_IN_OF_ADMIN)
    )


def is_desk(path: str) -> bool:
    """Where each form tells who opened it: the desk, and the queue as long as it stands in the admin."""
    language = language_of(path)
    return path.startswith((f"/{language}/desk/", "/admin/moderation/"))


def typed_in(request: HttpRequest) -> Typed:
    """What the form of this request holds; read once, before any view."""
    is_plain = request.content_type == "application/x-www-form-urlencoded"
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if is_plain and size > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or size):
        return _too_large(request, size)
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except TooManyFieldsSent:
        raw = request.body if is_plain else b""
        return _typed(_parsed(raw), refusal=refusals.TOO_MANY_FIELDS)
    except RequestDataTooBig:
        _drain(request)
        return Typed(refusal=refusals.TOO_LARGE, size=size)
    except (MultiPartParserError, TooManyFilesSent, BadRequest):
        return Typed(refusal=refusals.UNREADABLE)
    return _typed(sent, has_files=bool(request.FILES))


def _too_large(request: HttpRequest, size: int) -> Typed:
    if size > MOST_BYTES or not request.user.is_authenticated:
        _drain(request)
        return Typed(refusal=refusals.TOO_LARGE, size=size)
    return _typed(_parsed(request.read(MOST_BYTES)), refusal=refusals.TOO_LARGE, size=size)


def _drain(request: HttpRequest) -> None:
    left = MOST_DRAINED
    while left > 0 and (chunk := request.read(_CHUNK)):
        left -= len(chunk)


def _parsed(raw: bytes) -> list[tuple[str, str]]:
    """Nothing where even this would be too much to draw."""
    if raw.count(b"&") >= MOST_FIELDS:
        return []
    return parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)


def _typed(
    sent: list[tuple[str, str]], *, refusal: Refusal | None = None, size: int = 0, has_files: bool = False
) -> Typed:
    return Typed(
        pairs=tuple((name, value) for name, value in sent if name not in OURS),
        writer=_value(sent, WRITER_NAME),
        acts_for=_value(sent, ACTS_FOR),
        has_files=has_files,
        refusal=refusal,
        size=size,
    )


def _value(sent: list[tuple[str, str]], wanted: str) -> str:
    return next((value for name, value in sent if name == wanted), "")
