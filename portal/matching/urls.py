"""Addresses of help at the desk."""

from django.urls import path

from portal.matching import views
from portal.matching.enums import HelpState

app_name = "matches"
urlpatterns = [
    path("", views.help_list, name="list"),
    path("help/<str:public_id>/", views.offer_help, name="help"),
    path("<uuid:key>/accept/", views.move, {"to": HelpState.ACCEPTED}, name="accept"),
    path("<uuid:key>/decline/", views.move, {"to": HelpState.DECLINED}, name="decline"),
    path("<uuid:key>/take-back/", views.move, {"to": HelpState.TAKEN_BACK}, name="take_back"),
]
