"""The addresses of accounts: those of allauth that we want, under its names, and our own."""

from allauth.account import views as allauth
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from portal.accounts import entrance_views, views
from portal.accounts.again import shown_again
from portal.accounts.entrance_views import limited
from portal.accounts.rights import views as rights
from portal.accounts.staff import step_views

new_codes, rename, remove = recovery.generate_recovery_codes, passkeys.edit_webauthn, passkeys.remove_webauthn

ENTRANCE = [
    path("login/", entrance_views.login, name="account_login"),
    path("logout/", entrance_views.logout, name="account_logout"),
    path("signup/", entrance_views.signup, name="account_signup"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("login/code/", entrance_views.to_login, name="account_request_login_code"),
    path("login/code/confirm/", entrance_views.sign_in_code, name="account_confirm_login_code"),
    path("confirm-email/", entrance_views.address_code, name="account_email_verification_sent"),
    path("2fa/authenticate/", limited(factors.authenticate), name="mfa_authenticate"),
    path("2fa/webauthn/login/", limited(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("password/reset/", entrance_views.password_reset, name="account_reset_password"),
    path("password/reset/done/", entrance_views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
AGAIN = [
    path("reauthenticate/", limited(allauth.reauthenticate), name="account_reauthenticate"),
    path("reauthenticate/code/", views.again_by_code, name="account_reauthenticate_code"),
    path("2fa/reauthenticate/", limited(factors.reauthenticate), name="mfa_reauthenticate"),
    path(
        "2fa/webauthn/reauthenticate/",
        limited(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
]
OWN = [
    path("", views.home, name="account_home"),
    path("email/", shown_again(allauth.email), name="account_email"),
    path("password/change/", shown_again(allauth.password_change), name="account_change_password"),
    path("password/set/", shown_again(allauth.password_set), name="account_set_password"),
    path("sign-ins/", views.sign_ins, name="account_sign_ins"),
    path("sign-ins/others/", views.end_all_others, name="account_end_others"),
    path("sign-ins/<int:pk>/", views.end_one, name="account_end_one"),
    path("your-data/", rights.own_data, name="account_data"),
    path("your-data/download/", rights.download, name="account_download"),
    path("your-data/erase/", rights.erase, name="account_erase"),
    path("erased/", rights.erased, name="account_erased"),
    path("2fa/", never_cache(factors.index), name="mfa_index"),
    path("2fa/staff/", step_views.second_step, name="staff_second_step"),
    path("2fa/totp/activate/", shown_again(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", shown_again(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", shown_again(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        shown_again(new_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/webauthn/", never_cache(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", shown_again(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", shown_again(rename), name="mfa_edit_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        shown_again(remove),
        name="mfa_remove_webauthn",
    ),
]
urlpatterns = [*ENTRANCE, *AGAIN, *OWN]
