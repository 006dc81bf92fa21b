"""Public addresses of the gaps, below those of the follow-up."""

from django.urls import path

from portal.followup.gaps import views

urlpatterns = [
    path("", views.gap_list, name="gaps"),
    path("<slug:slug>/", views.gap_page, name="gap"),
    path("<slug:slug>/feed/", views.gap_feed, name="gap_feed"),
]
