"""The address of an attachment at the desk."""

from django.urls import path

from portal.attachments.views import private

app_name = "attached"
urlpatterns = [path("<slug:kind>/<uuid:key>/<uuid:file_key>/", private, name="file")]
