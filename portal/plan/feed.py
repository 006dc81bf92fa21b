"""The Atom feed of the nodes of all frameworks, what changed last first; the public views call it."""

from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.xml_text import fit
from portal.plan.models import PlanNode
from portal.plan.words import badges
from portal.records.feeds import NEWEST, RecordFeed


def content_of(language: str) -> bytes:
    """One query."""
    here, feed = reverse("plan:list"), reverse("plan:feed")
    made = RecordFeed(
        title=_("Plan of action"),
        link=f"{settings.SITE_URL}{here}",
        description=_("Actions of the plan and parts of other frameworks, and what stands behind each."),
        language=language,
        feed_url=f"{settings.SITE_URL}{feed}",
    )
    for node in PlanNode.objects.select_related("framework").order_by("-updated_at", "pk")[:NEWEST]:
        parts = [node.framework.title(language), *(str(badge.text) for badge in badges(node))]
        made.add_item(
            title=fit(node.named(language), " "),
            link=f"{settings.SITE_URL}{node.path(language)}",
            description=fit(". ".join(parts), " "),
            unique_id=f"urn:uuid:{uuid5(NAMESPACE_URL, node.key)}",
            pubdate=node.created_at,
            updateddate=node.updated_at,
            language=node.titled(language)[1],
        )
    return made.writeString("utf-8").encode("utf-8", "replace")
