"""Addresses of dossiers, mounted below `/xx/desk/dossiers/`."""

from django.urls import URLPattern, path

from portal.observatory.dossiers import item_views, share_views, views

app_name = "dossiers"
urlpatterns: list[URLPattern] = [
    path("", views.dossier_list, name="list"),
    path("new/", views.new, name="new"),
    path("add/", item_views.add, name="add"),
    path("<uuid:key>/", views.dossier_page, name="dossier"),
    path("<uuid:key>/edit/", views.edit, name="edit"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
    path("<uuid:key>/export/<str:form>/", views.export, name="export"),
    path("<uuid:key>/passages/<int:pk>/comment/", item_views.comment, name="comment"),
    path("<uuid:key>/passages/<int:pk>/up/", item_views.up, name="up"),
    path("<uuid:key>/passages/<int:pk>/down/", item_views.down, name="down"),
    path("<uuid:key>/passages/<int:pk>/remove/", item_views.remove, name="remove"),
    path("<uuid:key>/people/", share_views.people, name="people"),
    path("<uuid:key>/people/<int:pk>/withdraw/", share_views.withdraw, name="withdraw"),
    path("<uuid:key>/people/<int:pk>/offer/", share_views.offer, name="offer"),
    path("<uuid:key>/people/<int:pk>/keep/", share_views.keep, name="keep"),
    path("<uuid:key>/accept/", share_views.accept, name="accept"),
    path("<uuid:key>/leave/", share_views.leave, name="leave"),
]
