"""Texts that wait for an organization's signature, and drafts shared with it, for the desk's first page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.joint.enums import SignatureState
from portal.joint.queries import asked_of
from portal.joint.reading import Asked, with_texts
from portal.joint.sharing import shared_with
from portal.organizations.enums import SUBMITTING_ROLES

MOST, SHOWN, WITHIN = 100, 3, 10


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Two queries for members, more only where something was asked or shared."""
    if not asker.is_member:
        return
    if rows := list(asked_of(asker.actor)[:MOST]):
        yield _signatures(with_texts(rows))
    if number := len(shared_with(asker.actor, asker.today)):
        told = ngettext(
            "%(number)s draft is shared with you.", "%(number)s drafts are shared with you.", number
        ) % {"number": number}
        yield DeskCard(_("Drafts of your network"), reverse("signatures:shared"), told)


def _signatures(rows: list[Asked]) -> DeskCard:
    waiting = [row for row in rows if _waits(row)]
    number = sum(row.signature.state == SignatureState.ASKED for row in waiting)
    told = ngettext(
        "%(number)s text waits for your signature.", "%(number)s texts wait for your signature.", number
    ) % {"number": number}
    duties = tuple(map(_duty, waiting[:SHOWN]))
    return DeskCard(_("Texts to sign"), reverse("signatures:list"), told, len(waiting), duties)


def _waits(row: Asked) -> bool:
    """For who speaks for the organization: a text that can be signed now, or a signature that is void."""
    may_decide = row.signature.role_found in SUBMITTING_ROLES  # type: ignore[attr-defined]
    is_asked = row.signature.state == SignatureState.ASKED and row.is_open
    is_void = row.signature.state == SignatureState.VOID and row.is_being_changed
    return may_decide and (is_asked or is_void)


def _duty(row: Asked) -> Duty:
    signature, (title, lang) = row.signature, row.title
    is_void = signature.state == SignatureState.VOID
    todo = _("Your signature is void") if is_void else _("Read the text, then sign or decline")
    return Duty(
        title or _("A text of %(authors)s that is being changed") % {"authors": row.row.organization.name},
        reverse("signatures:one", args=[signature.key]),
        todo,
        (signature.organization.name,),
        lang=lang,
        since=signature.asked_at.date() if signature.asked_at else None,
        within=WITHIN,
    )
