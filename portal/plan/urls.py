"""Addresses of the plan at the desk."""

from django.urls import URLPattern, path

from portal.plan import views

app_name = "plan_desk"
urlpatterns: list[URLPattern] = [
    path("", views.room, name="room"),
    path("links/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("links/<int:pk>/remove/", views.remove, name="remove"),
    path("<str:public_id>/", views.recommendation, name="recommendation"),
]
