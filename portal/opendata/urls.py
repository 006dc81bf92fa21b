"""Public addresses of the open data that carry a language."""

from django.urls import path

from portal.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.data_page, name="data"),
    path("<slug:name>/", views.dataset_page, name="dataset"),
    path("<slug:name>/codebook.csv", views.codebook_file, name="codebook"),
]
