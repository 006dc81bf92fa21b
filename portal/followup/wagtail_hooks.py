"""What the Wagtail admin is given of the follow-up: its bodies with their seats."""

from wagtail.snippets.models import register_snippet

from portal.followup.body_admin import BodyViewSet

register_snippet(BodyViewSet)
