"""Public addresses of conclusions."""

from django.urls import path

from portal.conclusions.public.views import conclusions_citation, conclusions_page

app_name = "public_conclusions"
_PLACE = "consultations/<slug:slug>/conclusions/"
urlpatterns = [
    path(_PLACE, conclusions_page, name="conclusions"),
    path(f"{_PLACE}cite.<str:form>", conclusions_citation, name="conclusions_citation"),
]
