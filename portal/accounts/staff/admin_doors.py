"""In place of Wagtail's own pages of people: the way to our screen, and one's settings."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel

from portal.accounts.staff.rules import may_manage
from portal.common.actors import actor_of


def people_door(request: HttpRequest) -> HttpResponse:
    """Nothing is taken here, whoever sends it: people, their tasks and groups have one screen at the desk."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), login_url="account_login")
    if request.method not in {"GET", "HEAD"} or not may_manage(actor_of(request)):
        raise PermissionDenied("people are managed at the desk")
    response = redirect("staff:list")
    add_never_cache_headers(response)
    return response


class AdminAccount(AccountView):
    """Without the panel of names that our people do not have: their own pages keep name and address."""

    def get_panels(self) -> list[Any]:
        return [each for each in super().get_panels() if not isinstance(each, NameEmailSettingsPanel)]


admin_account = require_admin_access(AdminAccount.as_view())
