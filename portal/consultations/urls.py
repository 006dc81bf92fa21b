"""Addresses below a consultation's page that are no pages themselves."""

from django.urls import path

from portal.consultations import follow_views, views

app_name = "consultations"
urlpatterns = [
    path("follow/confirm/<str:token>/", follow_views.confirm, name="follow_confirm"),
    path("follow/leave/<str:token>/", follow_views.leave, name="follow_leave"),
    path("<str:slug>/follow/", follow_views.follow, name="follow"),
    path("<str:slug>/follow/asked/", follow_views.asked, name="follow_asked"),
    path("<str:slug>/coverage/", views.coverage_page, name="coverage"),
    path("<str:slug>/form.docx", views.form_file, name="form"),
]
