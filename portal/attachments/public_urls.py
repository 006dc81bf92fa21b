"""The public address of an attachment, below the permanent one of its record."""

from django.urls import path

from portal.attachments.views import public

urlpatterns = [path("r/<str:public_id>/attachments/<str:name>", public, name="attachment")]
