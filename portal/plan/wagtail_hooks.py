"""What the Wagtail admin is given of the plan: its crosswalk and priority cycles."""

from wagtail.snippets.models import register_snippet

from portal.plan.plan_admin import PlanViewSetGroup

register_snippet(PlanViewSetGroup)
