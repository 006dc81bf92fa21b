"""Addresses of the desk itself."""

from django.urls import URLPattern, path

from portal.common.kept_views import discard
from portal.desk import views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
    path("kept/<int:pk>/discard/", discard, name="discard_kept"),
]
