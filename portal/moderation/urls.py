"""Addresses of moderation at the desk."""

from django.urls import URLPattern, path

from portal.moderation import number_views, redaction_views, views

SUBJECT = "<str:kind>/<uuid:key>/"
app_name = "moderation"
urlpatterns: list[URLPattern] = [
    path("", views.queue, name="queue"),
    path("number/", number_views.by_number, name="by_number"),
    path(SUBJECT, views.subject_page, name="subject"),
    path(f"{SUBJECT}take/", views.take, name="take"),
    path(f"{SUBJECT}give-back/", views.give_back, name="give_back"),
    path(f"{SUBJECT}redaction/", redaction_views.redaction, name="redaction"),
    path(f"{SUBJECT}redaction/<uuid:measure>/put-back/", redaction_views.put_back, name="put_back"),
    path(f"{SUBJECT}redaction/<uuid:measure>/again/", redaction_views.again, name="again"),
    path(f"{SUBJECT}<str:action>/", views.decide, name="decide"),
]
