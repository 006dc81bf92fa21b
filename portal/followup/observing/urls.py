"""Addresses of the room of observations at the desk; their own pages are those of every submission."""

from django.urls import path

from portal.followup.observing import views

app_name = "observing"
urlpatterns = [path("", views.room, name="room")]
