"""Addresses of tables of pledges at the desk."""

from django.urls import URLPattern, path

from portal.desk.pledge_tables import views

app_name = "pledge_tables"
urlpatterns: list[URLPattern] = [
    path("", views.tables, name="list"),
    path("<uuid:key>/", views.table, name="table"),
    path("<uuid:key>/all/", views.take_in, {"skip_rejected": False}, name="take_all"),
    path("<uuid:key>/good/", views.take_in, {"skip_rejected": True}, name="take_good"),
    path("<uuid:key>/rejected.csv", views.rejected, name="rejected"),
]
