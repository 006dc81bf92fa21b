"""Addresses of the room of the follow-up."""

from django.urls import path

from portal.followup import desk_views

app_name = "followup_desk"
urlpatterns = [
    path("", desk_views.room, name="room"),
    *(path(f"<slug:slug>/{verb}/", desk_views.move, {"verb": verb}, name=verb) for verb in desk_views.VERBS),
]
