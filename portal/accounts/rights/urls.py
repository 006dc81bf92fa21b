"""Public addresses of the privacy page, mounted below the language."""

from django.urls import path

from portal.accounts.rights import views

urlpatterns = [path("", views.privacy_page, name="privacy")]
