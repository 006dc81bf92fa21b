"""Addresses of saved searches, mounted below `/xx/desk/searches/`."""

from django.urls import URLPattern

app_name = "saved"
urlpatterns: list[URLPattern] = []
