"""The page that answers a refused form with what was typed; middleware and failures call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal.common.characters import shown_again
from portal.common.languages import CODES
from portal.common.typed import refusals
from portal.common.typed.reading import Typed
from portal.common.typed.refusals import Refusal
from portal.common.typed.secrets import is_given_back, is_password, is_secret
from portal.common.typed.writer import page_of, signed_in

Pairs = Sequence[tuple[str, str]]
# Anything longer is text also without a space in it.
LONGEST_HIDDEN = 80


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the form: `kind` is `text`, `hidden`, `password` or `code`; the last two are empty."""

    name: str
    value: str
    kind: str
    label: str = ""


def refuse(
    request: HttpRequest,
    refusal: Refusal,
    *,
    status: int | None = None,
    reason: str = "",
    is_shown: bool = True,
) -> HttpResponse:
    """The answer to a refused form. `reason`: the view's words; `is_shown`: the text is the reader's own."""
    typed: Typed = getattr(request, "typed", None) or Typed()
    has_form = is_shown and bool(typed.pairs or refusal.is_passing)
    context = {
        "refusal": refusal,
        "reason": reason,
        "numbers": _numbers(refusal, typed),
        "again": form_of(typed.pairs, page_of(request), is_account=request.path.startswith("/accounts/")),
        "has_form": has_form,
        "has_files": typed.has_files,
        "is_signed_out": signed_in(request) is None,
        "is_lost": refusal in {refusals.TOO_LARGE, refusals.TOO_MANY_FIELDS} and not typed.pairs,
        "sign_in": f"/accounts/login/?next={request.path}" if refusal is refusals.SIGNED_OUT else "",
    }
    response = render(request, "errors/refused.html", context, status=status or refusal.status)
    add_never_cache_headers(response)
    for name, value in refusal.headers:
        response[name] = value
    response.gives_back = True  # type: ignore[attr-defined]
    return response


def form_of(pairs: Pairs, action: str, *, is_account: bool = False) -> dict[str, Any]:
    """What `errors/typed_form.html` draws."""
    fields = _fields(pairs, is_account)
    return {
        "fields": fields,
        "action": action,
        "lang": next((value for name, value in pairs if name == "language" and value in CODES), ""),
        "hidden_only": bool(fields) and all(field.kind == "hidden" for field in fields),
    }


def _fields(pairs: Pairs, is_account: bool) -> list[Field]:
    """Texts to read and change, the rest hidden; a secret is asked for again and never written out."""
    given = [(name, value) for name, value in pairs if is_given_back(name, is_account=is_account)]
    fields = [_field(name, value) for name, value in given]
    texts = [field for field in fields if field.kind == "text"]
    return [
        Field(field.name, field.value, "text", _label(texts.index(field) + 1, len(texts)))
        if field.kind == "text"
        else field
        for field in fields
    ]


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form: one from elsewhere must not be a click away from being taken.

    Every header that says where it comes from has to agree; `none` says only that no page led here.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return False
    said = [request.headers[name] for name in ("Origin", "Referer") if name in request.headers]
    return all(_origin(each) in settings.CSRF_TRUSTED_ORIGINS or _is_ours(request, each) for each in said)


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _is_ours(request: HttpRequest, address: str) -> bool:
    is_absolute = address.startswith(("https://", "http://"))
    return is_absolute and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )


def _field(name: str, value: str) -> Field:
    if is_secret(name) and is_password(name):
        return Field(name, "", "password", _("Password"))
    if is_secret(name):
        return Field(name, "", "code", _("Code"))
    value = shown_again(value)
    is_text = len(value) > LONGEST_HIDDEN or len(value.split()) > 1
    is_address = value.startswith(("/", "https://", "http://")) and len(value.split()) == 1
    return Field(name, value, "text" if is_text and not is_address else "hidden")


def _label(number: int, total: int) -> str:
    if total == 1:
        return _("What you typed")
    return _("What you typed, %(number)d of %(total)d") % {"number": number, "total": total}


def _numbers(refusal: Refusal, typed: Typed) -> str:
    if refusal is refusals.TOO_LARGE and typed.size:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        sizes = {"size": typed.size, "limit": limit, "over": max(typed.size - limit, 0)}
        return _("You sent %(size)s; %(limit)s can be sent at once, so this is %(over)s too much.") % {
            name: filesizeformat(size) for name, size in sizes.items()
        }
    if refusal is refusals.TOO_MANY_FIELDS:
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 0
        return _("At most %(limit)d fields can be sent at once.") % {"limit": limit}
    return ""
