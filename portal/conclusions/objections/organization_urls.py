"""Addresses at the desk of organizations."""

from django.urls import URLPattern, path

from portal.conclusions.objections import organization_views as views

ONE = "<uuid:consultation>/<uuid:key>/objection/"
app_name = "became"
urlpatterns: list[URLPattern] = [
    path("", views.became_list, name="list"),
    path(ONE, views.objection, name="objection"),
    path(f"{ONE}sent.json", views.sent_file, name="sent_file"),
]
