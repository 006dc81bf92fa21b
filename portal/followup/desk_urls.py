"""Addresses of the room of the follow-up."""

from django.urls import path

from portal.followup import desk_views, pack_views
from portal.followup.moving_views import VERBS, move

app_name = "followup_desk"
urlpatterns = [
    path("", desk_views.room, name="room"),
    *(path(f"<slug:slug>/{verb}/", move, {"verb": verb}, name=verb) for verb in VERBS),
    path("<slug:slug>/pack/", pack_views.pack_desk, name="pack"),
    path("<slug:slug>/pack/<slug:language>.pdf", pack_views.pack_desk_file, name="pack_file"),
]
