"""The public address of needs and offers."""

from django.urls import path

from portal.matching import public_views

app_name = "matching"
urlpatterns = [path("", public_views.need_list, name="list")]
