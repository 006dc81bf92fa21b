"""What the Wagtail admin is given of consultations beside their pages."""

from wagtail.snippets.models import register_snippet

from portal.consultations.session_admin import MeetingViewSetGroup

register_snippet(MeetingViewSetGroup)
