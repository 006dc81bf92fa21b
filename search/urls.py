"""Addresses of the search page, mounted below `/xx/search/`."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
