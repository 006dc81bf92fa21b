"""Addresses of the rooms of the follow-up."""

from django.urls import path

from portal.followup import contact_views, desk_views, pack_views, room_views, seat_views
from portal.followup.moving_views import VERBS, move

app_name = "followup_desk"
urlpatterns = [
    path("", room_views.room, name="room"),
    path("waiting/", room_views.waiting, name="waiting"),
    path("replies/", room_views.replies, name="replies"),
    path("reported/", room_views.reported, name="reported"),
    path("silent/", contact_views.silent, name="silent"),
    path("silent/<str:public_id>/", contact_views.contact, name="contact"),
    path("platform/", seat_views.platform, name="platform"),
    path("observatory/", seat_views.observatory, name="observatory"),
    path("cycles/", desk_views.room, name="cycles"),
    *(path(f"<slug:slug>/{verb}/", move, {"verb": verb}, name=verb) for verb in VERBS),
    path("<slug:slug>/pack/", pack_views.pack_desk, name="pack"),
    path("<slug:slug>/pack/<slug:language>.pdf", pack_views.pack_desk_file, name="pack_file"),
]
