"""Addresses of networks at the desk."""

from django.urls import URLPattern, path

from portal.networks import lead_views, project_views, views

app_name = "networks"
urlpatterns: list[URLPattern] = [
    path("", views.network_list, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:key>/", views.network, name="network"),
    path("<uuid:key>/change/", views.change, name="change"),
    path("<uuid:key>/members/new/", views.add, name="add"),
    path("<uuid:key>/members/<int:pk>/", views.member, name="member"),
    path("<uuid:key>/members/<int:pk>/remove/", views.remove, name="remove"),
    path("<uuid:key>/leads/new/", lead_views.add, name="add_lead"),
    path("<uuid:key>/leads/<int:pk>/", lead_views.change, name="lead"),
    path("<uuid:key>/leads/<int:pk>/remove/", lead_views.remove, name="remove_lead"),
    path("<uuid:key>/projects/new/", project_views.add, name="add_project"),
    path("<uuid:key>/projects/<uuid:project>/", project_views.change, name="project"),
    path("<uuid:key>/projects/<uuid:project>/remove/", project_views.remove, name="remove_project"),
]
