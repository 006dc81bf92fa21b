"""Public addresses of `portal.followup`."""

from django.urls import include, path

from portal.followup.bodies import views as public_views
from portal.followup.changes import views as change_views
from portal.followup.cycles import views as cycle_views
from portal.followup.dashboard import views
from portal.followup.pack import views as pack_views

app_name = "followup"
urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("bodies/", public_views.body_list, name="bodies"),
    path("bodies/feed/", public_views.body_feed, name="body_feed"),
    path("bodies/<slug:slug>/", public_views.body_page, name="body"),
    path("figures/", views.figure_list, name="figures"),
    path("figures/<slug:slug>/", views.figure_view, name="figure"),
    path("", include("portal.followup.gaps.urls")),
    path("cycles/", cycle_views.cycle_list, name="cycles"),
    path("cycles/feed/", cycle_views.cycle_feed, name="cycle_feed"),
    path("cycles/<slug:slug>/", cycle_views.cycle_page, name="cycle"),
    path("changes/", change_views.change_list, name="changes"),
    path("changes/feed/", change_views.change_feed, name="change_feed"),
    path("cycles/<slug:slug>/turnout/", cycle_views.turnout, name="turnout"),
    path("cycles/<slug:slug>/snapshot.json", cycle_views.snapshot_file, name="snapshot"),
    path("cycles/<slug:slug>/pack/", pack_views.pack_page, name="pack"),
    path("cycles/<slug:slug>/pack.pdf", pack_views.pack_file, name="pack_file"),
]
