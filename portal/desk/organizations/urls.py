"""Addresses of organizations at the desk."""

from django.urls import URLPattern, path

from portal.desk.organizations import views

app_name = "organizations"
urlpatterns: list[URLPattern] = [
    path("new/", views.new, name="new"),
    path("<uuid:key>/", views.detail, name="detail"),
    path("<uuid:key>/profile/", views.profile, name="profile"),
    path("<uuid:key>/submit/", views.submit, name="submit"),
]
