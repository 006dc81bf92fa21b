"""Addresses of reports at the desk beside those that every submission has."""

from django.urls import path

from portal.reports import views

app_name = "progress"
urlpatterns = [
    path("new/unchanged/", views.start_unchanged, name="start_unchanged"),
    path("<uuid:key>/unchanged/", views.unchanged, name="unchanged"),
    path("sheets/<uuid:key>/", views.sheets, name="sheets"),
    path("sheets/<uuid:key>/<slug:name>.<slug:form>", views.sheet, name="sheet"),
    path("papers/<uuid:key>/", views.paper, name="paper"),
]
