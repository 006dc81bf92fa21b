"""Addresses of `portal.consultations`."""

from django.urls import URLPattern

app_name = "interventions_desk"
urlpatterns: list[URLPattern] = []
