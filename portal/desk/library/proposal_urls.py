"""Addresses of documents that are proposed for the library."""

from django.urls import URLPattern, path

from portal.desk.library import proposal_views

app_name = "proposed_documents"
urlpatterns: list[URLPattern] = [
    path("", proposal_views.proposals, name="list"),
    path("new/", proposal_views.new, name="new"),
    path("<uuid:key>/", proposal_views.proposal, name="proposal"),
    path("<uuid:key>/file/", proposal_views.file, name="file"),
    path("<uuid:key>/accept/", proposal_views.take, name="accept"),
    path("<uuid:key>/decline/", proposal_views.decline, name="decline"),
]
