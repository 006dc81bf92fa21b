"""What stands around every page: languages, places, door, search, the mark of a demonstration.

Settings name it as a context processor.

It reads the address and what is kept of menu and foot: no session, no user, so that a page is the same for
everyone.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.frame import frame, mailbox_of
from portal.common.languages import BY_CODE, CODES, DEFAULT, OWN_NAMES, in_language, language_of

ACCOUNTS = "/accounts/"
# Where nobody has signed in yet.
ENTRANCES = tuple(f"{ACCOUNTS}{name}/" for name in ("login", "signup", "password", "confirm-email"))


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The parts by name, and once more together as `chrome`, which no name of a view can hide."""
    language = _language(request)
    addresses = _addresses(request)
    around = frame(language)
    parts = {
        "language": language,
        "languages": [_switch(request, code, addresses, language) for code in CODES],
        "alternates": _alternates(request, addresses),
        "canonical": _canonical(request, addresses, language),
        "host": request.build_absolute_uri("/").rstrip("/"),
        "cldr": BY_CODE[language].locale,
        "places": [_place(request, link.label, link.url) for link in around.menu],
        "foot": around,
        "mailbox": mailbox_of(around),
        "door": _door(request, language),
        "home": f"/{language}/",
        "search_action": f"/{language}/search/",
        # Demo content is loaded only where DEBUG is on, and every page around it says that it is invented.
        "is_demo": settings.DEBUG,
    }
    return {**parts, "chrome": parts}


def _language(request: HttpRequest) -> str:
    current = language_of(request.path) or (get_language() or DEFAULT).split("-")[0]
    return current if current in CODES else DEFAULT


def _addresses(request: HttpRequest) -> dict[str, str]:
    """The page's path in each language; empty for a path outside the prefixes."""
    if language_of(request.path) is None:
        return {}
    given: dict[str, str] = getattr(request, "alternates", None) or {}
    return {code: given.get(code) or in_language(request.path, code) for code in CODES}


def _switch(request: HttpRequest, code: str, addresses: dict[str, str], language: str) -> dict[str, Any]:
    query = request.GET.copy()
    if not addresses:
        query["lang"] = code
    if "next" in query:
        query["next"] = in_language(str(query["next"]), code)
    path = addresses.get(code, request.path)
    return {"code": code, "name": OWN_NAMES[code], "url": _joined(path, query), "current": code == language}


def _joined(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode(safe='/')}" if query else path


def _alternates(request: HttpRequest, addresses: dict[str, str]) -> list[dict[str, str]]:
    """The page in each language that it has words in; a view that knows says which (`request.offered`)."""
    if not addresses:
        return []
    offered, part = _offered(request), _part(request)
    rows = [(code, addresses[code]) for code in CODES if code in offered]
    rows.append(("x-default", addresses[DEFAULT if DEFAULT in offered else offered[0]]))
    return [{"code": code, "url": request.build_absolute_uri(f"{path}{part}")} for code, path in rows]


def _canonical(request: HttpRequest, addresses: dict[str, str], language: str) -> str:
    """Where the page has no words in the reader's language it is that of the original."""
    offered = _offered(request)
    path = request.path
    if addresses and language not in offered:
        path = addresses[offered[0]]
    return request.build_absolute_uri(f"{path}{_part(request)}")


def _offered(request: HttpRequest) -> tuple[str, ...]:
    """Codes of languages, that of the original first."""
    offered: tuple[str, ...] = getattr(request, "offered", ())
    return offered or CODES


def _part(request: HttpRequest) -> str:
    """A later page of a list is a page of its own; under filters it is the list seen otherwise."""
    number = request.GET.get("page", "")
    is_part = list(request.GET) == ["page"] and number.isascii() and number.isdigit() and int(number[:9]) > 1
    return f"?page={int(number[:9])}" if is_part else ""


def _door(request: HttpRequest, language: str) -> dict[str, Any]:
    """Who reads is not known here: outside the desk and an account's pages it says what a visitor needs."""
    desk = f"/{language}/desk/"
    is_inside = request.path.startswith(desk) or _is_account(request.path)
    place = _place(request, _("Your desk") if is_inside else _("Sign in"), desk)
    return place | {"url": f"/accounts/login/?next={desk}"}


def _is_account(path: str) -> bool:
    return path.startswith(ACCOUNTS) and not path.startswith(ENTRANCES)


def _place(request: HttpRequest, label: object, url: str) -> dict[str, Any]:
    return {"label": label, "url": url, "current": request.path.startswith(url)}
