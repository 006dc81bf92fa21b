"""The public address of a report's papers, below the report's own."""

from django.urls import path

from portal.reports.views import public_paper

urlpatterns = [
    path("reports/<str:public_id>/evidence/<int:number>/", public_paper, name="report_paper"),
]
