"""Addresses of the administrators' room, mounted below `/xx/desk/staff/`."""

from django.urls import URLPattern, path

from portal.accounts.staff import invitation_views, views

app_name = "staff"
urlpatterns: list[URLPattern] = [
    path("", views.people, name="list"),
    path("invite/", invitation_views.invite, name="invite"),
    path("invitation/", invitation_views.invitation, name="invitation"),
    path("invitations/<uuid:key>/resend/", invitation_views.resend, name="resend"),
    path("invitations/<uuid:key>/revoke/", invitation_views.revoke, name="revoke"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/suspend/", views.suspend, name="suspend"),
    path("<int:pk>/restore/", views.restore, name="restore"),
]
