"""What the Wagtail admin is given of the open data."""

from wagtail.snippets.models import register_snippet

from portal.opendata.hook_admin import WebhookViewSet

register_snippet(WebhookViewSet)
