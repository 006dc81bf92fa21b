"""Addresses of translations, below the desk."""

from django.urls import URLPattern, path

from portal.translations import views

app_name = "translations"
urlpatterns: list[URLPattern] = [
    path("", views.texts, name="list"),
    path("<str:kind>/<uuid:key>/", views.text, name="text"),
    path("<str:kind>/<uuid:key>/<str:into>/", views.enter, name="enter"),
    path("<str:kind>/<uuid:key>/<str:into>/take-off/", views.take_off, name="take_off"),
]
