"""Addresses of the desk itself."""

from django.urls import URLPattern, path

from portal.desk import views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
    path("kept/<int:pk>/discard/", views.discard_kept, name="discard_kept"),
]
