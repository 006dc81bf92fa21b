"""Public addresses of conclusions."""

from django.urls import path

from portal.conclusions.public.views import conclusions_page

app_name = "public_conclusions"
urlpatterns = [path("consultations/<slug:slug>/conclusions/", conclusions_page, name="conclusions")]
