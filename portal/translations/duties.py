"""Translations whose original has changed, for the desk's first page of who translates."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.publication.models import Record
from portal.translations.queries import stale
from portal.translations.rules import may_work

OLDEST, WITHIN = 3, 14


def cards(asker: Asker) -> Iterable[DeskCard]:
    """One query for who translates, two where something is behind, none for anybody else."""
    if not may_work(asker.actor):
        return ()
    number = (rows := stale(asker.actor)).count()
    told = ngettext(
        "%(number)s text has changed since it was translated.",
        "%(number)s texts have changed since they were translated.",
        number,
    ) % {"number": number}
    duties = tuple(_duty(row, asker.language) for row in rows[:OLDEST]) if number else ()
    return (DeskCard(_("Translations of texts"), reverse("translations:list"), told, number, duties),)


def _duty(row: Record, language: str) -> Duty:
    return Duty(
        row.title,
        reverse("translations:text", args=[row.kind, row.source_key]),
        _("The original has changed: look at the translation"),
        (row.public_id,),
        lang=row.language if row.language != language else "",
        since=row.updated_at.date(),
        within=WITHIN,
    )
