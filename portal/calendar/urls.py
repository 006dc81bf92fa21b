"""Public addresses of `portal.calendar`."""

from django.urls import path

from portal.calendar import views

app_name = "calendar"
urlpatterns = [
    path("calendar.ics", views.calendar_file, name="file"),
    path("calendar/", views.calendar_page, name="list"),
    path("calendar/feed/", views.calendar_feed, name="feed"),
]
