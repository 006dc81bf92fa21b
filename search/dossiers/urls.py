"""Addresses of dossiers, mounted below `/xx/desk/dossiers/`."""

from django.urls import URLPattern

app_name = "dossiers"
urlpatterns: list[URLPattern] = []
