"""Addresses of forms to fill in without a connection, at the desk."""

from django.urls import URLPattern, path

from portal.interventions.offline import views

app_name = "offline"
urlpatterns: list[URLPattern] = [path("", views.paper, name="paper")]
