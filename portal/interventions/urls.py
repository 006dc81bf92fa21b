"""Public addresses of interventions."""

from django.urls import path

from portal.interventions import views

app_name = "interventions"
urlpatterns = [
    path("", views.intervention_list, name="list"),
    path("<str:public_id>/", views.intervention_page, name="intervention"),
]
