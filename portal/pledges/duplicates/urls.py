"""Addresses of the desk's room of pledges that look alike: each decision is one of its own."""

from django.urls import URLPattern, path

from portal.pledges.duplicates import views
from portal.pledges.enums import PairDecision

app_name = "pledge_duplicates"
urlpatterns: list[URLPattern] = [
    path("", views.pair_list, name="list"),
    path("decided/", views.decision_list, name="decided"),
    path("decided/<uuid:key>/undo/", views.undo, name="undo"),
    path("<uuid:key>/", views.pair, name="pair"),
    *(
        path(
            f"<uuid:key>/{decision.value.replace('_', '-')}/",
            views.decide,
            {"decision": decision.value},
            name=decision.value,
        )
        for decision in PairDecision
    ),
]
