"""Addresses of interventions at the desk."""

from django.urls import URLPattern, path

from portal.interventions import desk_pages as pages
from portal.interventions import desk_views as views

app_name = "interventions_desk"
urlpatterns: list[URLPattern] = [
    path("new/", views.start, name="new"),
    path("<uuid:key>/", pages.detail, name="detail"),
    *(
        path(f"<uuid:key>/{name}/", views.step, {"name": name}, name=name)
        for name in ("questions", "answer", "recommendations")
    ),
    path("<uuid:key>/check/", views.check, name="check"),
    path("<uuid:key>/receipt/", pages.receipt, name="receipt"),
    path("<uuid:key>/sent.json", pages.sent_file, name="sent_file"),
    path("<uuid:key>/withdraw/", pages.withdraw, name="withdraw"),
]
