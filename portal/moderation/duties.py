"""What waits for a moderator; the desk's first page shows it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.moderation.queries import Waiting, queue, row_of
from portal.moderation.rules import may_read_queue

OLDEST = 5


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Two queries and those of `closed_to`, none for anybody else."""
    if not may_read_queue(asker.actor):
        return ()
    waiting = queue(asker.actor)
    number = waiting.count()
    told = ngettext(
        "%(number)s thing waits for a decision.", "%(number)s things wait for a decision.", number
    ) % {"number": number}
    oldest = tuple(_duty(row_of(row), asker.language) for row in waiting[:OLDEST])
    return (DeskCard(_("Moderation"), reverse("moderation:queue"), told, number, oldest),)


def _duty(row: Waiting, language: str) -> Duty:
    return Duty(
        row.title,
        reverse("moderation:subject", args=[row.of.kind, row.key]),
        _("Read and decide"),
        (str(row.of.label), row.author),
        lang=row.language if row.language != language else "",
        due=row.due,
    )
