"""Addresses of moderation at the desk."""

from django.urls import URLPattern, path

from portal.moderation import (
    amendment_views,
    decided_views,
    group_views,
    note_views,
    number_views,
    queue_views,
    ready_views,
    redaction_views,
    repeat_views,
    views,
)

SUBJECT = "<str:kind>/<uuid:key>/"
app_name = "moderation"
urlpatterns: list[URLPattern] = [
    path("", queue_views.queue, name="queue"),
    path("assign/", queue_views.assign, name="assign"),
    path("ready/", ready_views.check, name="ready"),
    path("ready/publish/", ready_views.release, name="release"),
    path("group/<uuid:group>/", group_views.group, name="group"),
    path("group/<uuid:group>/<str:action>/", group_views.decide, name="decide_group"),
    path("decided/", decided_views.decided_list, name="decided"),
    path("amendments/", amendment_views.every, name="amendments"),
    path("amendments/<uuid:key>/", amendment_views.one, name="amendment"),
    path("amendments/<uuid:key>/take-back/", amendment_views.take_back, name="take_amendment_back"),
    path("number/", number_views.by_number, name="by_number"),
    path(SUBJECT, views.subject_page, name="subject"),
    path(f"{SUBJECT}notes/", note_views.write, name="note"),
    path(f"{SUBJECT}notes/<int:number>/delete/", note_views.delete, name="delete_note"),
    path(f"{SUBJECT}ready/", ready_views.mark, name="mark_ready"),
    path(f"{SUBJECT}not-ready/", ready_views.unmark, name="unmark"),
    path(f"{SUBJECT}take/", views.take, name="take"),
    path(f"{SUBJECT}give-back/", views.give_back, name="give_back"),
    path(f"{SUBJECT}redaction/", redaction_views.redaction, name="redaction"),
    path(f"{SUBJECT}redaction/<uuid:measure>/put-back/", redaction_views.put_back, name="put_back"),
    path(f"{SUBJECT}redaction/<uuid:measure>/again/", redaction_views.again, name="again"),
    path(f"{SUBJECT}redaction/<uuid:measure>/may-be-public/", repeat_views.readmit, name="readmit"),
    path(f"{SUBJECT}amendment/<str:part>/", amendment_views.propose, name="propose_amendment"),
    path(f"{SUBJECT}<str:action>/", views.decide, name="decide"),
]
