"""Public addresses of the gaps, below those of the follow-up."""

from django.urls import path

from portal.followup.gaps import overlap_views, views

urlpatterns = [
    path("overlap/", overlap_views.overlap_page, name="overlap"),
    path("overlap/feed/", overlap_views.overlap_feed, name="overlap_feed"),
    path("gaps/", views.gap_list, name="gaps"),
    path("gaps/<slug:slug>/", views.gap_page, name="gap"),
    path("gaps/<slug:slug>/feed/", views.gap_feed, name="gap_feed"),
]
