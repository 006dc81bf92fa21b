"""Addresses of those who decide about objections."""

from django.urls import URLPattern, path

from portal.conclusions.objections import views

app_name = "objections"
urlpatterns: list[URLPattern] = [
    path("", views.objection_list, name="list"),
    path("<uuid:key>/", views.objection_page, name="detail"),
    path("<uuid:key>/dismiss/", views.dismiss, name="dismiss"),
    path("<uuid:key>/uphold/", views.uphold, name="uphold"),
]
