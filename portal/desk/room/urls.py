"""Addresses of interventions made in the room."""

from django.urls import path

from portal.desk.room import views

app_name = "room"
urlpatterns = [
    path("", views.room_list, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:key>/", views.again, name="again"),
    path("<uuid:key>/tell/", views.tell, name="tell"),
    path("<uuid:key>/confirm/", views.confirm, name="confirm"),
]
