"""Addresses of the library, mounted below `/xx/library/`."""

from django.urls import path

from portal.library import download_views, list_views, passage_views, picture_views, views

app_name = "library"
urlpatterns = [
    path("", list_views.index, name="index"),
    path("feed/", list_views.feed, name="feed"),
    path("<str:public_id>/", views.document, name="document"),
    path("<str:public_id>/original/", download_views.original, name="original"),
    path("<str:public_id>/p/<int:position>/", passage_views.passage, name="passage"),
    path("<str:public_id>/page/<int:number>/", picture_views.page, name="page"),
    path("<str:public_id>/page/<int:number>.webp", picture_views.picture, name="picture"),
    path("<str:public_id>/page/<int:number>.svg", picture_views.marked, name="marked"),
]
