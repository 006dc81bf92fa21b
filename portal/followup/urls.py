"""Public addresses of `portal.followup`."""

from django.urls import path

from portal.followup import public_views, views

app_name = "followup"
urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("bodies/", public_views.body_list, name="bodies"),
    path("bodies/feed/", public_views.body_feed, name="body_feed"),
    path("bodies/<slug:slug>/", public_views.body_page, name="body"),
]
