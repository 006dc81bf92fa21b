"""What the portal holds of people, in words: what it is and what for; the page and the download say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.common.personal import Erasure, Held, Topic

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    title: str | Promise
    why: str | Promise


TOPICS: Mapping[Topic, Told] = {
    Topic.ACCOUNT: Told(
        _("Your account"),
        _("To know who writes, to send you codes and to tell you what became of what you sent."),
    ),
    Topic.SIGN_INS: Told(
        _("Where you are signed in"),
        _("To keep you signed in, and so that you can end it. The kind of browser, not its network address."),
    ),
    Topic.ORGANIZATIONS: Told(
        _("Your organizations"),
        _("To know for whom you may speak, and to check that an organization exists."),
    ),
    Topic.WRITTEN: Told(
        _("What you write for an organization"),
        _("It is the organization’s. Who began or sent it is noted so that the right people are asked."),
    ),
    Topic.FILES: Told(
        _("Files you gave"), _("To show what is claimed. What is published is a copy without hidden details.")
    ),
    Topic.RESEARCH: Told(
        _("Searches and dossiers"),
        _("To keep for you what you look for. Nobody reads it whom you do not let in."),
    ),
    Topic.STAFF: Told(
        _("Work for the portal"),
        _("Who decided what, so that nobody decides about their own and each decision can be checked."),
    ),
    Topic.PAGES: Told(
        _("Pages of the portal you work on"),
        _("To show editors who is writing on a page and what was changed."),
    ),
    Topic.MAILS: Told(_("Mails that wait"), _("To send them. What was sent is emptied at once.")),
    Topic.LOG: Told(
        _("The log"),
        _("To see misuse of an account, and that nothing was changed unseen. It holds numbers, no names."),
    ),
}
WHEN_ERASED: Mapping[Erasure, str | Promise] = {
    Erasure.DELETE: _("goes with your account"),
    Erasure.FORGET: _("stays without you"),
    Erasure.KEEP: _("stays with the number of the account"),
}

# Columns without a name of their own, as keys of other rows and the packages have them.
COLUMNS: Mapping[str, str | Promise] = {
    "organization": _("organization"),
    "dossier": _("dossier"),
    "conclusions": _("conclusions"),
    "group": _("tasks"),
    "permission": _("permissions"),
    "page": _("page"),
    "type": _("kind"),
    "status": _("state"),
    "action": _("action"),
    "label": _("title"),
    "object_str": _("title"),
    "text": _("text"),
    "comment": _("comment"),
    "data": _("content"),
    "created_at": _("created"),
    "updated_at": _("saved"),
    "last_updated_at": _("saved"),
    "last_used_at": _("last seen"),
    "last_seen_at": _("last seen"),
    "resolved_at": _("decided"),
}


def named(held: Held, name: str) -> str:
    """What a column is called, in the active language."""
    own = str(held.column(name).verbose_name)
    return own if own != name.replace("_", " ") else str(COLUMNS.get(name, own))


def length(span: timedelta) -> str:
    """In days, or in hours where it is less than four days."""
    if span < 4 * DAY:
        hours = span // HOUR
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    days = span // DAY
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
