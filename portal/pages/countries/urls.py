"""Public addresses of countries."""

from django.urls import path

from portal.pages.countries import views

app_name = "countries"
urlpatterns = [
    path("", views.country_list, name="list"),
    path("<slug:code>/", views.country, name="country"),
    path("<slug:code>/<slug:slug>/", views.country_figure, name="figure"),
]
