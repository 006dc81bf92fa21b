"""At sign-in a session learns whether kept forms wait for the person; the app's configuration connects it."""

from typing import Any

from django.http import HttpRequest

from portal.common.typed.kept import remember_at_sign_in


def look_for_kept_forms(request: HttpRequest | None = None, user: Any = None, **_details: object) -> None:
    if request is not None and user is not None:
        remember_at_sign_in(request, user.pk)
