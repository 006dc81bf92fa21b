"""Nobody of the staff comes into a room of the staff without a second step. Settings name it.

It stands inside `KeepTyped`, which gives back what was typed into a form that is refused here.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.accounts.staff.routes import is_inside_admin, is_staff_route
from portal.accounts.staff.second_step import has_shown_it, is_staff
from portal.common.actors import Group, actor_of
from portal.common.failures import forbidden
from portal.common.typed.answers import is_from_here, refuse
from portal.common.typed.refusals import Refusal

SECOND_STEP = Refusal(
    403,
    _("Your account needs a second step"),
    _(
        "Nothing was saved: you work for the portal, and your account has no second step at sign-in yet. Add "
        "one in another tab, then come back to this page and send it again."
    ),
    is_passing=True,
)
GetResponse = Callable[[HttpRequest], HttpResponse]


class StaffRooms:
    """Public pages never ask who the reader is: only rooms of the staff do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staff_route(request.path_info):
            return self.get_response(request)
        return _without_step(request) or _without_contents(request) or self.get_response(request)


def _without_step(request: HttpRequest) -> HttpResponse | None:
    if settings.STAFF_BY_PASSWORD or not request.user.is_authenticated:
        return None
    if not is_staff(request) or has_shown_it(request):
        return None
    if request.method not in {"GET", "HEAD"}:
        return refuse(request, SECOND_STEP, is_shown=is_from_here(request))
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('staff_second_step')}?{query}")


def _without_contents(request: HttpRequest) -> HttpResponse | None:
    """Pages, drafts and files of the admin are for who edits them; Wagtail lists titles to all it lets in."""
    if not is_inside_admin(request.path_info) or not request.user.is_authenticated:
        return None
    if actor_of(request).has(Group.EDITOR):
        return None
    return forbidden(request, PermissionDenied())
