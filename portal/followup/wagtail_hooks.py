"""What the Wagtail admin is given of the follow-up: its bodies with their seats, and the review cycles."""

from wagtail.snippets.models import register_snippet

from portal.followup.cycles.admin import FollowupViewSetGroup

register_snippet(FollowupViewSetGroup)
