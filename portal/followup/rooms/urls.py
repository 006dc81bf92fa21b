"""Addresses of the rooms of the follow-up."""

from django.urls import path

from portal.followup.cycles import desk_views
from portal.followup.cycles.moving_views import VERBS, move
from portal.followup.pack import views as pack_views
from portal.followup.rooms import contact_views, seat_views
from portal.followup.rooms import views as room_views

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
