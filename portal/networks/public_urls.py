"""Public addresses of networks; included once for each of the two lists, whose namespace tells them apart."""

from django.urls import path

from portal.networks import public_views

urlpatterns = [
    path("", public_views.network_list, name="list"),
    path("feed/", public_views.network_feed, name="feed"),
    path("<slug:slug>/", public_views.network_page, name="network"),
]
