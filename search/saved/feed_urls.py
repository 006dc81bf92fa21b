"""Addresses of feeds, mounted below `/feeds/`; a feed has no language of its own."""

from django.urls import URLPattern

app_name = "feeds"
urlpatterns: list[URLPattern] = []
