"""Addresses of texts to sign and of shared drafts, below the desk."""

from django.urls import URLPattern, path

from portal.joint import views

app_name = "signatures"
urlpatterns: list[URLPattern] = [
    path("", views.signatures, name="list"),
    path("shared/", views.shared, name="shared"),
    path("shared/<uuid:key>/", views.shared_draft, name="shared_draft"),
    path("<uuid:key>/", views.signature, name="one"),
    path("<uuid:key>/files/<uuid:file_key>/", views.file, name="file"),
    path("<uuid:key>/sign/", views.sign, name="sign"),
    path("<uuid:key>/decline/", views.decline, name="decline"),
    path("<uuid:key>/take-back/", views.take_back, name="take_back"),
]
