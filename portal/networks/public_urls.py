"""Public addresses of networks."""

from django.urls import path

from portal.networks import public_views

app_name = "public_networks"
urlpatterns = [
    path("", public_views.network_list, name="list"),
    path("feed/", public_views.network_feed, name="feed"),
    path("<slug:slug>/", public_views.network_page, name="network"),
]
