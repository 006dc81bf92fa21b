"""The bare view and Wagtail's pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls


def bare_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><html lang=en><title>Bare</title><h1>Bare</h1></html>")


urlpatterns = [
    path("bare-view/", bare_view),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
