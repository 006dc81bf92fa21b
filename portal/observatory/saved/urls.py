"""Addresses of saved searches, mounted below `/xx/desk/searches/`."""

from django.urls import URLPattern, path

from portal.observatory.saved import file_views as files
from portal.observatory.saved import views

app_name = "saved"
urlpatterns: list[URLPattern] = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("export/", files.export, name="export"),
    path("export/<slug:kind>/", files.export_file, name="export_file"),
    path("batch/", files.batch, name="batch"),
    path("batch/<uuid:key>/", files.batch_results, name="batch_results"),
    path("batch/<uuid:key>/<slug:kind>/", files.batch_file, name="batch_file"),
    path("stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<uuid:key>/", views.detail, name="detail"),
    path("<uuid:key>/open/", views.open_it, name="open"),
    path("<uuid:key>/change/", views.change, name="change"),
    path("<uuid:key>/feed/", views.renew, name="renew"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]
