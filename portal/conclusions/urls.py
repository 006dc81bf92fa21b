"""Addresses of the conclusions at the desk."""

from django.urls import URLPattern, path

from portal.conclusions import views
from portal.conclusions.desk import (
    evidence_views,
    outline_views,
    publishing_views,
    recommendation_views,
    segment_views,
)
from portal.conclusions.dispositions import views as dispositions
from portal.conclusions.participation import views as participation

app_name = "conclusions"
urlpatterns: list[URLPattern] = [
    path("", views.version_list, name="list"),
    path("new/", outline_views.new_draft, name="new"),
    path("<uuid:key>/", views.version_page, name="version"),
    path("<uuid:key>/participants/", participation.participants, name="participants"),
    path("<uuid:key>/participants/words/", participation.adopt, name="participant_words"),
    path(
        "<uuid:key>/participants/<slug:category>/figure/",
        participation.figure,
        name="participant_figure",
    ),
    path("<uuid:key>/dispositions/", dispositions.disposition_list, name="dispositions"),
    path("<uuid:key>/dispositions/<uuid:intervention>/", dispositions.disposition_page, name="disposition"),
    path("<uuid:key>/parts/new/", outline_views.new_part, name="part_new"),
    path("<uuid:key>/parts/<uuid:part>/", outline_views.part_page, name="part"),
    path("<uuid:key>/parts/<uuid:part>/up/", outline_views.part_up, name="part_up"),
    path("<uuid:key>/parts/<uuid:part>/down/", outline_views.part_down, name="part_down"),
    path("<uuid:key>/parts/<uuid:part>/place/", outline_views.part_place, name="part_place"),
    path("<uuid:key>/parts/<uuid:part>/remove/", outline_views.part_remove, name="part_remove"),
    path("<uuid:key>/parts/<uuid:part>/facts/", recommendation_views.facts, name="facts"),
    path("<uuid:key>/parts/<uuid:part>/force/", recommendation_views.force, name="force"),
    path("<uuid:key>/parts/<uuid:part>/alike/", recommendation_views.alike, name="alike"),
    path("<uuid:key>/segments/<uuid:part>/", segment_views.segment_page, name="segment"),
    path("<uuid:key>/segments/<uuid:part>/documents/", evidence_views.documents, name="documents"),
    path("<uuid:key>/segments/<uuid:part>/<uuid:intervention>/", evidence_views.mark, name="mark"),
    path("<uuid:key>/evidence/<int:pk>/detach/", evidence_views.detach, name="detach"),
    path("<uuid:key>/summary/<str:language>/", publishing_views.summary, name="summary"),
    path("<uuid:key>/preview/", publishing_views.preview, name="preview"),
    path("<uuid:key>/publish/", publishing_views.publish, name="publish"),
]
