"""Addresses of `portal.followup`."""

from django.urls import path

from portal.followup import views

app_name = "followup"
urlpatterns = [path("", views.overview_page, name="overview")]
