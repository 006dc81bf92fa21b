"""Addresses of feeds, mounted below `/feeds/`; a feed has no language of its own."""

from django.urls import URLPattern, path

from portal.observatory.saved.feeds import feed

app_name = "feeds"
urlpatterns: list[URLPattern] = [path("searches/<str:token>.atom", feed, name="search")]
