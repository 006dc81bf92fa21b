"""Addresses of the room of the follow-up."""

from django.urls import path

from portal.followup import desk_views, pack_views

app_name = "followup_desk"
urlpatterns = [
    path("", desk_views.room, name="room"),
    *(path(f"<slug:slug>/{verb}/", desk_views.move, {"verb": verb}, name=verb) for verb in desk_views.VERBS),
    path("<slug:slug>/pack/", pack_views.pack_desk, name="pack"),
    path("<slug:slug>/pack/<slug:language>.pdf", pack_views.pack_desk_file, name="pack_file"),
]
