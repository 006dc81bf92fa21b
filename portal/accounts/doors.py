"""The doors of the two admins: strangers sign in through allauth, others learn that it is not theirs."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.common.desk import safe_next


def admin_door(request: HttpRequest) -> HttpResponse:
    """allauth sends a signed-in person straight back, so somebody without access must stop here."""
    wanted = safe_next(request, reverse("wagtailadmin_home"))
    if not request.user.is_authenticated:
        return redirect_to_login(wanted, login_url="account_login")
    if not _may_enter(request, wanted):
        raise PermissionDenied("no access to the admin")
    return redirect(wanted)


def _may_enter(request: HttpRequest, wanted: str) -> bool:
    if wanted.startswith(reverse("admin:index")):
        return bool(getattr(request.user, "is_superuser", False))
    return request.user.has_perm("wagtailadmin.access_admin")


def sign_out_and_back(request: HttpRequest) -> str:
    """And back to this page, which then asks to sign in."""
    return f"{reverse('account_logout')}?{urlencode({'next': request.get_full_path()})}"
