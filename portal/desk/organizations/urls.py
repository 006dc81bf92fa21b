"""Addresses of organizations at the desk."""

from django.urls import URLPattern, path

from portal.desk.organizations import claim_views, listed_views, lookalikes, views

app_name = "organizations"
urlpatterns: list[URLPattern] = [
    path("new/", views.new, name="new"),
    path("listed/", listed_views.listed, name="listed"),
    path("listed/new/", listed_views.list_new, name="list_new"),
    path("listed/<uuid:key>/", listed_views.list_change, name="list_change"),
    path("alike/", lookalikes.lookalikes, name="lookalikes"),
    path("claim/", claim_views.find_listed, name="find_listed"),
    path("claim/<str:public_id>/", claim_views.claim, name="claim"),
    path("claims/<uuid:key>/", claim_views.claimed, name="claimed"),
    path("claims/<uuid:key>/withdraw/", claim_views.claim_withdraw, name="claim_withdraw"),
    path("<uuid:key>/", views.detail, name="detail"),
    path("<uuid:key>/profile/", views.profile, name="profile"),
    path("<uuid:key>/submit/", views.submit, name="submit"),
]
