"""Public addresses of frameworks and their nodes."""

from django.urls import path

from portal.plan import public_views

app_name = "plan"
urlpatterns = [
    path("", public_views.plan_list, name="list"),
    path("feed/", public_views.plan_feed, name="feed"),
    path("<slug:framework>/", public_views.framework_place, name="framework"),
    path("<slug:framework>/<str:code>/", public_views.node_page, name="node"),
]
