"""A change of a verified organization in words: for its members, and beside the comparison of who decides."""

from collections.abc import Mapping
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.errors import EditConflict
from portal.common.events import history
from portal.common.formatting import moment
from portal.common.languages import DEFAULT
from portal.common.reviews import Field, Reader, ReviewBlock
from portal.organizations.domain import KIND
from portal.organizations.models import Organization, ProfileChange
from portal.organizations.profile_fields import NAMES, PRIVATE, mark_of, readable
from portal.organizations.review_words import compared_change, fields_of
from portal.organizations.rules import may_write_for
from portal.organizations.states import CHANGE_STATES
from portal.submissions.differences import beside
from portal.submissions.steps import Difference

_SAVED = ("changed", "change_submitted")
# What stands in a part of its own on the page of the organization.
_APART = {"name", "description", *PRIVATE}


def profile_facts(organization: Organization) -> list[dict[str, Any]]:
    """Rows of a summary table. One query."""
    said = readable(organization.profile)
    rows = []
    for field in fields_of(set(NAMES) - _APART):
        words = str(field.words(said[field.name]))
        rows.append({"term": field.label, "value": words, "url": words if field.name == "website" else ""})
    return rows


def told_change(change: ProfileChange, actor: Actor) -> dict[str, Any]:
    """What the members read of the change that waits or was declined."""
    fields, pair = fields_of(NAMES), compared_change(change)
    return {
        "state": CHANGE_STATES[change.state],
        "label": CHANGE_STATES.label(change.state),
        "rows": beside(fields, *pair, Reader(get_language() or DEFAULT)),
        "logo": _picture(change),
        "note": change.note,
        "reason": change.reason,
        "can_withdraw": change.state in CHANGE_STATES.waiting and may_write_for(actor, change.organization),
    }


def clash_of(organization: Organization, conflict: EditConflict, said: Mapping[str, Any]) -> dict[str, Any]:
    """For a profile that somebody else has saved: the fields that differ, when it was, the new mark."""
    kept = cast("dict[str, Any]", conflict.stored)
    stored, typed = readable(kept), readable(said)
    last = history(KIND, organization.key).filter(action__in=_SAVED).order_by("-pk").first()
    note = (kept.get("note"), said.get("note"))
    return {
        "seen": mark_of(kept),
        "saved_at": moment(last.at) if last else "",
        "differences": [
            Difference(str(row.label), _in_words(row, stored), _in_words(row, typed))
            for row in fields_of(set(said))
            if stored[row.name] != typed[row.name]
        ]
        + [Difference(_("Why"), note[0] or _("Nothing"), note[1] or "")] * (note[0] != note[1]),
    }


def _in_words(row: Field, said: Mapping[str, Any]) -> str:
    return str(row.words(said[row.name])) or _("Nothing")


def _picture(change: ProfileChange) -> str:
    """What becomes of the logo, as the address of the new one or in words."""
    return reverse("organizations:change_logo", args=[change.key]) if change.logo_id else ""


def _context(change: ProfileChange, actor: Actor, reader: Reader) -> dict[str, Any]:
    organization = change.organization
    has_logo = organization.logo_id is not None
    return {
        "note": change.note,
        "is_at_risk": organization.is_at_risk,
        "first": change.first_yes_by,
        "is_mine": change.first_yes_by_id is not None and change.first_yes_by_id == actor.user_id,
        "changes_logo": change.changes_logo,
        "old": reverse("organizations:logo_picture", args=[organization.key]) if has_logo else "",
        "new": _picture(change),
        "old_text": organization.logo_text or _("The logo as it is"),
        "new_text": change.profile.get("logo_text") or organization.logo_text or _("The logo as it would be"),
    }


BLOCKS = (ReviewBlock("organization_change", "desk/organizations/change_block.html", _context),)
