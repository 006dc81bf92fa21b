"""Public address of the page of moderation, mounted below the language."""

from django.urls import path

from portal.moderation.figures import views

urlpatterns = [path("", views.rules_page, name="moderation_rules")]
