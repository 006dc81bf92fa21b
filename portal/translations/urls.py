"""Addresses of translations, below the desk."""

from django.urls import URLPattern, path

from portal.translations import list_views, request_views, views

app_name = "translations"
urlpatterns: list[URLPattern] = [
    path("", list_views.texts, name="list"),
    path("entered/", list_views.requests, name="requests"),
    path("entered/<uuid:key>/", request_views.page, name="request"),
    path("entered/<uuid:key>/take-back/", request_views.take_back, name="take_back"),
    path("<str:kind>/<uuid:key>/", views.text, name="text"),
    path("<str:kind>/<uuid:key>/<str:into>/", views.enter, name="enter"),
    path("<str:kind>/<uuid:key>/<str:into>/take-off/", views.take_off, name="take_off"),
]
