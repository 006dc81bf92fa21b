"""Addresses of moderation at the desk."""

from django.urls import URLPattern, path

from portal.moderation import views

SUBJECT = "<str:kind>/<uuid:key>/"
app_name = "moderation"
urlpatterns: list[URLPattern] = [
    path("", views.queue, name="queue"),
    path(SUBJECT, views.subject_page, name="subject"),
    path(f"{SUBJECT}take/", views.take, name="take"),
    path(f"{SUBJECT}give-back/", views.give_back, name="give_back"),
    path(f"{SUBJECT}<str:action>/", views.decide, name="decide"),
]
