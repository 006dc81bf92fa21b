"""Which browser somebody uses: its name for the list of sign-ins, and a signed mark that it is known.

Who has signed in to an account from a browser before has tries of their own there: a stranger who guesses
uses up their own tries and locks nobody out.
"""

import re
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from portal.accounts.models import User

COOKIE = "known_browser"
SALT = "portal.accounts.browsers"
AGE = 180 * 24 * 3600
# The first that stands in the text of a browser is its name: others name those they are like.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_of(request: HttpRequest) -> str:
    """`Firefox, Windows`; empty for one that does not say. Versions would tell one from all others."""
    agent = request.headers.get("User-Agent", "")[:500]
    names = (
        next((each for word, each in table.items() if word in agent), "") for table in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in names if name)


def know(response: HttpResponse, user: User) -> HttpResponse:
    """Mark the browser that gets this answer as one in which the account was signed in."""
    mark = signing.dumps([user.pk, secrets.token_hex(8)], salt=SALT)
    response.set_cookie(
        COOKIE, mark, max_age=AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def known_as(request: HttpRequest, user: User | None) -> str:
    """The number of a browser that is known to this account; empty for every other one."""
    try:
        user_id, number = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    is_theirs = user is not None and user_id == user.pk and re.fullmatch("[0-9a-f]{16}", number)
    return number if is_theirs else ""
