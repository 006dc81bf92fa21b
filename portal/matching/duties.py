"""Help that waits for an organization's word; the desk's first page shows it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.matching.enums import HelpState
from portal.matching.models import HelpOffer
from portal.matching.queries import spoken_for
from portal.pledges.models import Pledge

OLDEST = 3
WITHIN = 14


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Two queries, for members of organizations."""
    if not asker.actor.is_person or not asker.is_member:
        return ()
    rows = HelpOffer.objects.filter(
        state=HelpState.OFFERED, need__organization_id__in=spoken_for(asker.actor)
    ).select_related("need", "offer__organization")
    waiting, url = list(rows.order_by("offered_at")), reverse("matches:list")
    if not waiting:
        return (DeskCard(_("Needs and offers"), url, _("No offer of help waits for your word.")),)
    told = ngettext(
        "%(number)s offer of help waits for your word.",
        "%(number)s offers of help wait for your word.",
        len(waiting),
    ) % {"number": len(waiting)}
    duties = tuple(_duty(row, url) for row in waiting[:OLDEST])
    return (DeskCard(_("Needs and offers"), url, told, len(waiting), duties),)


def _duty(row: HelpOffer, url: str) -> Duty:
    helped: Pledge = row.need
    return Duty(
        _("%(organization)s offers help") % {"organization": row.offer.organization.name},
        f"{url}#help-{row.key}",
        _("Accept or decline"),
        (helped.title,),
        since=row.offered_at.date(),
        within=WITHIN,
    )
