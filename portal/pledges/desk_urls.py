"""Addresses of `portal.pledges`."""

from django.urls import URLPattern

app_name = "pledges_desk"
urlpatterns: list[URLPattern] = []
