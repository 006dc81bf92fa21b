"""Public address of the page that verifies receipts, mounted below the language."""

from django.urls import path

from portal.submissions.verifying import views

urlpatterns = [path("", views.verify, name="verify")]
