"""Addresses of the conclusions at the desk."""

from django.urls import URLPattern, path

from portal.conclusions import views

app_name = "conclusions"
urlpatterns: list[URLPattern] = [
    path("", views.version_list, name="list"),
    path("<uuid:key>/", views.version_page, name="version"),
]
