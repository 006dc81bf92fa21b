"""Addresses of `portal.publication`."""

from django.urls import path

from portal.publication import views

app_name = "publication"
urlpatterns = [
    path("", views.organization_list, name="list"),
    path("<str:public_id>/", views.organization_page, name="organization"),
]
