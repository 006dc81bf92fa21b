"""Wagtail's admin and pages, and a view without either."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from bare.views import plain

urlpatterns = [
    path("plain/", plain),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
