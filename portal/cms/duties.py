"""What waits for an editor of pages; the desk's first page shows it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.cms.unfinished import Untranslated, codes_of, drafts, untranslated
from portal.common.actors import Group
from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.common.phrases import language_in_text

SHOWN = 3


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Four queries, none for anybody else."""
    if not asker.actor.is_person or not asker.actor.has(Group.EDITOR):
        return ()
    return _drafts(), _translations()


def _drafts() -> DeskCard:
    rows = drafts()
    number = rows.count()
    told = ngettext(
        "%(number)s page has changes that nobody has published.",
        "%(number)s pages have changes that nobody has published.",
        number,
    )
    first = rows.values_list("pk", "title", "latest_revision_created_at")[:SHOWN]
    duties = tuple(
        Duty(title, _edit(pk), _("Finish and publish"), (_("draft"),), since=at.date() if at else None)
        for pk, title, at in first
    )
    return DeskCard(_("Drafts of pages"), _admin(), told % {"number": number}, number, duties)


def _translations() -> DeskCard:
    rows, of_all = untranslated()
    told = _("%(number)s of %(whole)s pages lack a translation or have an old one.")
    return DeskCard(
        _("Translations of pages"),
        _admin(),
        told % {"number": len(rows), "whole": of_all},
        len(rows),
        tuple(_duty(row) for row in rows[:SHOWN]),
    )


def _duty(row: Untranslated) -> Duty:
    names = ", ".join(dict.fromkeys(language_in_text(code) for code in codes_of(row)))
    told = _("missing or old: %(languages)s") % {"languages": names}
    return Duty(
        row.title, _edit(row.pk), _("Translate"), (told,), since=row.since.date() if row.since else None
    )


def _edit(pk: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])


def _admin() -> str:
    return reverse("wagtailadmin_explore_root")
