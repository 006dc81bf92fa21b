"""Addresses of later deadlines."""

from django.urls import path

from portal.desk.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.given, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:key>/revoke/", views.revoke, name="revoke"),
]
