"""Django's own admin opens to superusers alone: it knows none of our rules. Settings name it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest


class SuperuserSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and bool(getattr(request.user, "is_superuser", False))


class SuperuserAdmin(AdminConfig):
    default_site = "portal.accounts.staff.admin_site.SuperuserSite"
