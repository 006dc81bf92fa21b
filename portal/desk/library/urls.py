"""Addresses of the library's room at the desk."""

from django.urls import URLPattern, path

from portal.desk.library import document_views, views

app_name = "library_desk"
urlpatterns: list[URLPattern] = [
    path("", views.documents, name="list"),
    path("add/", views.add, name="add"),
    path("official/", views.official, name="official"),
    path("<str:public_id>/", document_views.document, name="document"),
    path("<str:public_id>/replace/", document_views.replace, name="replace"),
    path("<str:public_id>/withdraw/", document_views.withdraw, name="withdraw"),
]
