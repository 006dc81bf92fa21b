"""Amendments as their pages show them: what can be proposed of a text, and each one in words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.reviews import Phrase, Reader, ReviewType, Row
from portal.submissions.amending.changes import compared
from portal.submissions.amending.queries import open_amendment, text_of
from portal.submissions.amending.rules import can_take_back, may_propose, why_not
from portal.submissions.amending.states import AMENDMENT_STATES
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.differences import Change
from portal.submissions.models import Amendment
from portal.submissions.types import SubmissionType

PARTS: dict[str, Promise] = {
    Part.TEXT: _("Its words; its organization accepts or refuses"),
    Part.FILING: _("Where it is filed; a second moderator confirms or refuses"),
}
HEADINGS: dict[str, Promise] = {
    Part.TEXT: _("Amend its words"),
    Part.FILING: _("File it anew"),
}


@dataclass(frozen=True, slots=True)
class ShownAmendment:
    """A proposal on its page; `changes` are empty once it is accepted, and for who may not read them."""

    row: Amendment
    of: SubmissionType
    what: Phrase
    state_label: str
    tone: str
    changes: tuple[Change, ...]
    may_take_back: bool


def shown_of(row: Amendment, actor: Actor, reader: Reader) -> ShownAmendment:
    """Settled, only who wrote it reads what would have changed: words may be left out of the text since."""
    of, text = text_of(row)
    may_read = row.state == AmendmentState.PROPOSED or actor.user_id == row.proposed_by_id
    changes = compared(of, text, Part(row.part), row.changes, reader) if row.changes and may_read else []
    state = AMENDMENT_STATES[row.state]
    return ShownAmendment(
        row, of, PARTS[row.part], str(state.masculine), state.tone, tuple(changes), can_take_back(actor, row)
    )


def ways_to_amend(actor: Actor, of: ReviewType, subject: Row) -> dict[str, Any]:
    """What the page of a text offers: the open proposal, or to make one, and why not. Five queries at most
    of what is public.
    """
    is_public = subject.state in of.states.public
    if not (is_public and isinstance(of, SubmissionType) and may_propose(actor, of, subject)):
        return {}
    if (row := open_amendment(subject)) is not None:
        return {"open": reverse("moderation:amendment", args=[row.key])}
    why = {part: why_not(of, subject, part) for part in Part}
    ways = [{"label": HEADINGS[part], "url": address(subject, part)} for part in Part if not why[part]]
    return {"ways": ways, "refusals": list(dict.fromkeys(str(each) for each in why.values() if each))}


def address(subject: Row, part: Part) -> str:
    return reverse("moderation:propose_amendment", args=[subject.kind, subject.key, part.value])
