"""What stands around every page: languages, places, door, search, the mark of a demonstration.

Settings name it as a context processor.

It reads the address only: no database, no session, no user, so that a page is the same for everyone.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.languages import CODES, DEFAULT, OWN_NAMES, in_language, language_of

PLACES = (
    (_("Consultations"), "consultations"),
    (_("Contributions"), "interventions"),
    (_("Pledges"), "pledges"),
    (_("Follow-up"), "follow-up"),
    (_("Library"), "library"),
)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The parts by name, and once more together as `chrome`, which no name of a view can hide."""
    language = _language(request)
    addresses = _addresses(request)
    parts = {
        "language": language,
        "languages": [_switch(request, code, addresses, language) for code in CODES],
        "alternates": _alternates(request, addresses),
        "canonical": request.build_absolute_uri(request.path),
        "places": [_place(request, label, f"/{language}/{name}/") for label, name in PLACES],
        "door": _place(request, _("Your desk"), f"/{language}/desk/")
        | {"url": f"/accounts/login/?next=/{language}/desk/"},
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
    if not addresses:
        return []
    left = getattr(request, "not_offered", ())
    rows = [(code, addresses[code]) for code in CODES if code not in left]
    rows.append(("x-default", addresses[DEFAULT]))
    return [{"code": code, "url": request.build_absolute_uri(path)} for code, path in rows]


def _place(request: HttpRequest, label: object, url: str) -> dict[str, Any]:
    return {"label": label, "url": url, "current": request.path.startswith(url)}
