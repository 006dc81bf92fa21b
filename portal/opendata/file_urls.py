"""Public addresses of files that are the same in every language."""

from django.urls import path

from portal.opendata import views

app_name = "opendata_files"
urlpatterns = [
    path("catalogue.jsonld", views.catalogue_file, name="catalogue"),
    path("ledger/latest.zip", views.latest_ledger, name="latest"),
    path("ledger/<str:name>", views.ledger_file, name="ledger"),
]
