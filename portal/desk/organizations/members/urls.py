"""Addresses of members; those of organizations take them in."""

from django.urls import URLPattern, path

from portal.desk.organizations.members import (
    acting_views,
    appointing_views,
    invitation_views,
    joining_views,
    views,
)

MEMBERS = "<uuid:key>/members/"
INVITED = f"{MEMBERS}invitations/<uuid:invitation>/"
ASKED = f"{MEMBERS}requests/<uuid:asked>/"
urlpatterns: list[URLPattern] = [
    path("acting/", acting_views.acting, name="acting"),
    path("invitation/", invitation_views.invitation, name="invitation"),
    path("join/<str:public_id>/", joining_views.join, name="join"),
    path("join/<str:public_id>/withdraw/", joining_views.join_withdraw, name="join_withdraw"),
    path("without-owner/", appointing_views.without_owner, name="without_owner"),
    path("without-owner/<uuid:key>/", appointing_views.appoint, name="appoint"),
    path(MEMBERS, views.members, name="members"),
    path(f"{MEMBERS}leave/", views.leave, name="leave"),
    path(f"{MEMBERS}invite/", invitation_views.invite, name="invite"),
    path(f"{MEMBERS}<int:pk>/", views.member, name="member"),
    path(f"{MEMBERS}<int:pk>/remove/", views.remove, name="member_remove"),
    path(f"{INVITED}resend/", invitation_views.resend, name="invitation_resend"),
    path(f"{INVITED}revoke/", invitation_views.revoke, name="invitation_revoke"),
    path(ASKED, joining_views.asked, name="asked"),
    path(f"{ASKED}accept/", joining_views.let_in, name="let_in"),
    path(f"{ASKED}decline/", joining_views.decline, name="asked_decline"),
]
