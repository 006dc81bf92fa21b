"""Addresses of the search page, mounted below `/xx/search/`."""

from django.urls import path

from search.results import views

app_name = "search"
_PASSAGE = "cite/<str:identity>/<str:language>/<int:position>"
urlpatterns = [
    path("", views.results, name="results"),
    path("suggest/", views.suggest, name="suggest"),
    path(f"{_PASSAGE}/", views.cite, name="cite"),
    path(f"{_PASSAGE}.<str:form>", views.download, name="cite_download"),
]
