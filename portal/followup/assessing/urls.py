"""Addresses of the documents of assessments: at the desk, and in public below the assessment's own."""

from django.urls import path

from portal.followup.assessing.views import paper, public_paper

desk = [path("papers/<uuid:key>/", paper, name="paper")]
public = [path("assessments/<str:public_id>/evidence/<int:number>/", public_paper, name="assessment_paper")]
