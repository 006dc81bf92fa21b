"""Which addresses are rooms of the staff, declared once; the middleware and tests ask here.

A desk that members and staff share is a room of the staff for who is staff: their tasks count on each page.
"""

import re

from portal.common.languages import CODES

# Below these nobody of the staff comes without a second step.
ROOMS = ("admin/", "django-admin/", "style/", *(f"{code}/desk/" for code in CODES))
# The doors in them only lead to where people sign in or out.
DOORS = (
    "admin/login/",
    "admin/logout/",
    "admin/password_reset/",
    "django-admin/login/",
    "django-admin/logout/",
)
# Of the admin to who edits nothing there: its first page, whose menu leads to rooms of the desk.
FIRST_PAGES = re.compile(r"/admin/((account|jsi18n|sprite|moderation|dismissibles)/.*)?")


def is_staff_route(path: str) -> bool:
    return _is_below(path, ROOMS) and not _is_below(path, DOORS)


def is_inside_admin(path: str) -> bool:
    """Rooms of the admin where contents are, so that only who edits them comes in."""
    return path.startswith("/admin/") and not _is_below(path, DOORS) and not FIRST_PAGES.fullmatch(path)


def _is_below(path: str, roots: tuple[str, ...]) -> bool:
    return path.startswith(tuple(f"/{root}" for root in roots))
