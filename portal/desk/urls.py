"""Addresses of the desk itself."""

from django.urls import URLPattern, path

from portal.desk import linking_views, party_views, views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
    path("parties/", party_views.parties, name="parties"),
    path("parties/<uuid:key>/confirm/", party_views.confirm, name="confirm_party"),
    path("parties/<uuid:key>/decline/", party_views.decline, name="decline_party"),
    path("parties/ask/<str:public_id>/", party_views.ask, name="ask_to_join"),
    path("unlinked-pledges/", linking_views.unlinked_pledges, name="unlinked_pledges"),
    path("unlinked-pledges/<uuid:key>/link/", linking_views.link_pledge, name="link_pledge"),
    path("kept/<int:pk>/discard/", views.discard_kept, name="discard_kept"),
]
