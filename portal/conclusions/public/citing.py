"""How published conclusions are cited and passed on; their page and its files call it."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.citation import PORTAL, Citation, as_text, one_line, take_away
from portal.common.formatting import local_day
from portal.conclusions.public.published import Published


def cited(published: Published) -> Citation:
    """Under the address of the page, which stays as long as its consultation."""
    on = local_day(published.public.published_at)
    return Citation(
        identity=f"conclusions-{published.page.slug}",
        kind="conclusions",
        language=published.route.content_language,
        position=0,
        author=PORTAL,
        title=one_line(_("Conclusions: %(title)s") % {"title": published.page.full_title}),
        year=on.year,
        page="",
        url=f"{settings.SITE_URL}{published.route.url}conclusions/",
        seen=timezone.localdate(),
        text="",
        genre=_("Conclusions and recommendations"),
        dated=on.isoformat(),
        version=str(published.public.number),
    )


def taking(published: Published) -> dict[str, Any]:
    """Inputs of `components/take_away.html`."""
    told = cited(published)
    return take_away(told, as_text(told), f"{published.route.url}conclusions/cite")
