"""Addresses of the conclusions at the desk."""

from django.urls import URLPattern, path

from portal.conclusions import participation_views, views

app_name = "conclusions"
urlpatterns: list[URLPattern] = [
    path("", views.version_list, name="list"),
    path("<uuid:key>/", views.version_page, name="version"),
    path("<uuid:key>/participants/", participation_views.participants, name="participants"),
    path("<uuid:key>/participants/words/", participation_views.adopt, name="participant_words"),
    path(
        "<uuid:key>/participants/<slug:category>/figure/",
        participation_views.figure,
        name="participant_figure",
    ),
]
