"""Addresses of the conclusions at the desk."""

from django.urls import URLPattern, path

from portal.conclusions import participation_views, views
from portal.conclusions.dispositions import views as dispositions

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
    path("<uuid:key>/dispositions/", dispositions.disposition_list, name="dispositions"),
    path("<uuid:key>/dispositions/<uuid:intervention>/", dispositions.disposition_page, name="disposition"),
]
