"""Public addresses of interventions."""

from django.urls import path

from portal.consultations import views

app_name = "consultations"
urlpatterns = [
    path("", views.intervention_list, name="list"),
    path("<str:public_id>/", views.intervention_page, name="intervention"),
]
