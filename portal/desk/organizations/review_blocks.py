"""What the desk shows beside an organization, a claim or an appeal; its configuration declares it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.queries import names_of
from portal.common.actors import Actor
from portal.common.events import history
from portal.common.reviews import Reader, ReviewBlock
from portal.organizations.domain import KIND
from portal.organizations.merging.rules import may_read_merges
from portal.organizations.models import Appeal, Organization, OrganizationClaim
from portal.organizations.rules import FOR_TWO, knows, may_mark_at_risk, may_reveal
from portal.organizations.states import VOUCH_STATES
from portal.organizations.verifying import files, vouching
from portal.organizations.verifying.cases import Case

MOST_EVENTS = 50
ACTIONS = {
    "created": _("registered"),
    "changed": _("profile changed"),
    "submitted": _("submitted"),
    "change_submitted": _("change submitted"),
    "change_accepted": _("change accepted"),
    "change_declined": _("change declined"),
    "change_withdrawn": _("change taken back"),
    "refugee_led_confirmed": _("confirmed as led by refugees"),
    "refugee_led_unconfirmed": _("not confirmed as led by refugees any more"),
    "verified": _("verified"),
    "first_yes": _("first yes of two"),
    "information_requested": _("more information asked for"),
    "declined": _("declined"),
    "listed": _("listed by the secretariat"),
    "claimed": _("claimed"),
    "claim_accepted": _("claim accepted"),
    "claim_declined": _("claim declined"),
    "claim_withdrawn": _("claim taken back"),
    "suspended": _("suspended"),
    "reinstated": _("suspension ended"),
    "confirmed": _("confirmed by its members"),
    "lapsed": _("lapsed"),
    "marked_at_risk": _("marked as at risk"),
    "unmarked_at_risk": _("no longer at risk"),
    "appealed": _("appeal submitted"),
    "appeal_granted": _("appeal granted"),
    "appeal_dismissed": _("appeal dismissed"),
    "proof_added": _("file added"),
    "proof_removed": _("file deleted"),
    "protected": _("name withheld"),
    "unprotected": _("name said again"),
    "revealed": _("read who it is"),
    "vouch_asked": _("asked to vouch"),
    "vouch_cancelled": _("not asked to vouch any more"),
    "vouch_given": _("vouched for"),
    "vouch_refused": _("not vouched for"),
    "vouch_taken_back": _("a word taken back"),
    "role_changed": _("role of a member changed"),
    "member_removed": _("member removed"),
    "member_left": _("member left"),
    "invited": _("somebody invited"),
    "invitation_revoked": _("invitation withdrawn"),
    "invitation_accepted": _("invitation accepted"),
    "join_asked": _("somebody asked to join"),
    "join_accepted": _("let in"),
    "join_declined": _("not let in"),
    "join_withdrawn": _("request to join withdrawn"),
    "owner_appointed": _("owner appointed by the secretariat"),
    "deleted": _("deleted"),
    "merge_proposed": _("proposed as one with another organization"),
    "merge_declined": _("not one with the other organization"),
    "merged": _("merged with another organization"),
    "parted": _("parted from another organization"),
}


def _context(row: Organization | OrganizationClaim | Appeal, actor: Actor, reader: Reader) -> dict[str, Any]:
    """Files, who vouches, the people, what happened. Five queries, and those of `vouching.counting`."""
    case = _case(row)
    organization, first = case.organization, case.claim or case.organization
    shown = _withheld(organization, actor) if organization.is_protected else _shown(case, actor)
    return shown | {
        "organization": organization,
        "first": first.first_yes_by,
        "is_mine": first.first_yes_by_id is not None and first.first_yes_by_id == actor.user_id,
        "may_mark": may_mark_at_risk(actor, organization),
        "may_merge": may_read_merges(actor),
    }


def _shown(case: Case, actor: Actor) -> dict[str, Any]:
    of, key = ("claim_", case.claim.key) if case.claim else ("", case.organization.key)
    people = case.organization.memberships.select_related("user").order_by("pk")
    return _vouches(case) | {
        "claim": case.claim,
        "files": [
            {"name": each.file.name, "url": reverse(f"organizations:{of}proof", args=[key, each.key])}
            for each in files.readable_proofs(case, actor)
        ],
        "people": [(str(each.user), each.user.email, each.get_role_display()) for each in people],
        "events": _events(case.organization),
    }


def _vouches(case: Case) -> dict[str, Any]:
    rows = list(vouching.vouches_of(case))
    counting = {each.pk for each in vouching.counting(case, rows)}
    return {
        "vouches": [
            {
                "row": each,
                "state": VOUCH_STATES[each.state],
                "label": VOUCH_STATES.label(each.state),
                "counts": each.pk in counting,
            }
            for each in rows
        ],
        "vouched_by": vouching.told(each for each in rows if each.pk in counting),
        "number": len(counting),
    }


def _withheld(organization: Organization, actor: Actor) -> dict[str, Any]:
    """In place of what tells who it is: that stands on a page of its own, for who says why."""
    return {
        "is_hidden": True,
        "may_reveal": may_reveal(actor, organization),
        "must_read": organization.state in FOR_TWO and not knows(actor, organization),
        "claim": None,
        "files": [],
        "vouches": [],
        "vouched_by": "",
        "number": 0,
        "people": [],
        "events": [(at, what, "") for at, what, _who in _events(organization)],
    }


def _events(organization: Organization) -> list[tuple[object, object, str]]:
    """When, what and who, the newest first; two queries."""
    rows = history(KIND, organization.key).order_by("-pk")[:MOST_EVENTS]
    names = names_of(each.user_id for each in rows)
    return [
        (each.at, ACTIONS.get(each.action, _("something else")), names.get(each.user_id, each.actor_name))
        for each in rows
    ]


def _case(row: Organization | OrganizationClaim | Appeal) -> Case:
    if isinstance(row, OrganizationClaim):
        return Case(row.organization, row)
    return Case(row.organization if isinstance(row, Appeal) else row)


BLOCKS = tuple(
    ReviewBlock(kind, "desk/organizations/review_block.html", _context)
    for kind in ("organization", "organization_claim", "organization_appeal")
)
