"""Public addresses of pledges."""

from django.urls import path

from portal.pledges import views

app_name = "pledges"
urlpatterns = [
    path("", views.pledge_list, name="list"),
    path("<str:public_id>/", views.pledge_page, name="pledge"),
]
