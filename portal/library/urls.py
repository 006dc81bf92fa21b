"""Addresses of the library, mounted below `/xx/library/`."""

from django.urls import path

from portal.library import download_views, list_views, views

app_name = "library"
urlpatterns = [
    path("", list_views.index, name="index"),
    path("<str:public_id>/", views.document, name="document"),
    path("<str:public_id>/original/", download_views.original, name="original"),
    path("<str:public_id>/page/<int:number>/", views.page, name="page"),
    path("<str:public_id>/page/<int:number>.webp", views.picture, name="picture"),
]
