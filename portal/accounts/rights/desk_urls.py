"""The erasure of who asks in writing, mounted below the room of the administrators."""

from django.urls import path

from portal.accounts.rights import views

urlpatterns = [path("", views.erase_for_others, name="erase_for_others")]
