"""Translations whose original has changed or that came back to their writer, for the desk's first page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.common.phrases import LANGUAGE_NAMES
from portal.publication.models import Record
from portal.translations.models import TranslationRequest
from portal.translations.queries import returned_to, stale
from portal.translations.rules import may_work

OLDEST, WITHIN = 3, 14


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Two queries for who translates, three where something is behind; one for members, none for others."""
    if not may_work(asker.actor):
        return _of_members(asker) if asker.is_member else ()
    number = (rows := stale(asker.actor)).count()
    told = ngettext(
        "%(number)s text has changed since it was translated.",
        "%(number)s texts have changed since they were translated.",
        number,
    ) % {"number": number}
    back = returned_to(asker.actor)
    duties = [_returned(row, asker.language) for row in back[:OLDEST]]
    duties += [_duty(row, asker.language) for row in rows[:OLDEST]] if number else []
    page, waits = reverse("translations:list"), number + len(back)
    return (DeskCard(_("Translations of texts"), page, told, waits, tuple(duties)),)


def _of_members(asker: Asker) -> Iterable[DeskCard]:
    """Only where something came back to its writer."""
    rows = returned_to(asker.actor)
    if not rows:
        return ()
    told = ngettext(
        "%(number)s translation was returned to you.",
        "%(number)s translations were returned to you.",
        len(rows),
    ) % {"number": len(rows)}
    duties = tuple(_returned(row, asker.language) for row in rows[:OLDEST])
    return (DeskCard(_("Translations of texts"), duties[0].url, told, len(rows), duties),)


def _returned(row: TranslationRequest, language: str) -> Duty:
    return Duty(
        row.title,
        reverse("translations:request", args=[row.key]),
        _("Your translation was returned: change it"),
        (str(LANGUAGE_NAMES[row.into]),),
        lang=row.language if row.language != language else "",
        since=row.decided_at.date() if row.decided_at else None,
        within=WITHIN,
    )


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
