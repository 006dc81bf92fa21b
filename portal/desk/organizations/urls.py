"""Addresses of organizations at the desk."""

from django.urls import URLPattern, path

from portal.desk.organizations import (
    change_views,
    claim_views,
    listed_views,
    lookalikes,
    merge_views,
    proof_views,
    protection_views,
    register_views,
    standing_views,
    views,
    vouch_views,
)
from portal.desk.organizations.members import urls as members


def _proofs(prefix: str, of: str) -> list[URLPattern]:
    """The page where it is shown what an organization is; names begin with `of`."""
    page, given = f"{prefix}<uuid:key>/proofs/", {"of": of}
    return [
        path(page, proof_views.proofs, given, name=f"{of}proofs"),
        path(f"{page}files/", proof_views.add_proof, given, name=f"{of}add_proof"),
        path(f"{page}files/<uuid:file>/", proof_views.proof, given, name=f"{of}proof"),
        path(f"{page}files/<uuid:file>/remove/", proof_views.remove_proof, given, name=f"{of}remove_proof"),
        path(f"{page}vouchers/<uuid:vouch>/cancel/", proof_views.cancel_ask, given, name=f"{of}cancel_ask"),
    ]


app_name = "organizations"
urlpatterns: list[URLPattern] = [
    *members.urlpatterns,
    path("new/", views.new, name="new"),
    path("listed/", listed_views.listed, name="listed"),
    path("listed/new/", listed_views.list_new, name="list_new"),
    path("listed/<uuid:key>/", listed_views.list_change, name="list_change"),
    path("alike/", lookalikes.lookalikes, name="lookalikes"),
    path("claim/", claim_views.find_listed, name="find_listed"),
    path("claim/<str:public_id>/", claim_views.claim, name="claim"),
    path("claims/<uuid:key>/", claim_views.claimed, name="claimed"),
    path("claims/<uuid:key>/withdraw/", claim_views.claim_withdraw, name="claim_withdraw"),
    *_proofs("claims/", proof_views.CLAIM),
    path("merges/", merge_views.merges, name="merges"),
    path("merges/<uuid:key>/", merge_views.merged, name="merged"),
    path("merges/<uuid:key>/confirm/", merge_views.confirm, name="merge_confirm"),
    path("merges/<uuid:key>/decline/", merge_views.decline, name="merge_decline"),
    path("merges/<uuid:key>/part/", merge_views.part, name="part"),
    path("register/", register_views.register, name="register"),
    path("vouches/", vouch_views.vouches, name="vouches"),
    path("vouches/<uuid:key>/", vouch_views.vouch, name="vouch"),
    path("vouches/<uuid:key>/take-back/", vouch_views.take_back, name="take_back"),
    path("<uuid:key>/", views.detail, name="detail"),
    path("<uuid:key>/profile/", views.profile, name="profile"),
    path("<uuid:key>/submit/", views.submit, name="submit"),
    path("<uuid:key>/identity/", change_views.identity, name="identity"),
    path("<uuid:key>/change/withdraw/", change_views.withdraw, name="change_withdraw"),
    path("<uuid:key>/logo/", change_views.logo, name="logo"),
    path("<uuid:key>/logo/remove/", change_views.remove_logo, name="remove_logo"),
    path("<uuid:key>/logo/picture/", change_views.logo_picture, name="logo_picture"),
    path("changes/<uuid:key>/logo/", change_views.change_logo, name="change_logo"),
    *_proofs("", ""),
    path("<uuid:key>/confirm/", standing_views.confirm, name="confirm"),
    path("<uuid:key>/two/", standing_views.ask_for_two, name="ask_for_two"),
    path("<uuid:key>/appeal/", standing_views.appeal, name="appeal"),
    path("<uuid:key>/twice/", merge_views.candidates, name="twice"),
    path("<uuid:key>/twice/<uuid:other>/", merge_views.merge, name="merge"),
    path("<uuid:key>/risk/", standing_views.risk, name="risk"),
    path("<uuid:key>/protection/", protection_views.protection, name="protection"),
    path("<uuid:key>/protection/off/", protection_views.unprotect, name="unprotect"),
    path("<uuid:key>/reveal/", protection_views.reveal, name="reveal"),
]
