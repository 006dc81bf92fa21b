"""Addresses below a consultation's page that are no pages themselves."""

from django.urls import path

from portal.consultations import views

app_name = "consultations"
urlpatterns = [
    path("<str:slug>/coverage/", views.coverage_page, name="coverage"),
    path("<str:slug>/form.docx", views.form_file, name="form"),
]
