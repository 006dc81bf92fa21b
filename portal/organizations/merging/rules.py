"""Who may say that two organizations are one, and which two can be.

`can_*` asks for the role and the state, `may_*` for the role alone.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, Group
from portal.organizations import rules
from portal.organizations.enums import MergeState, OrganizationState
from portal.organizations.models import Merge, Organization
from portal.organizations.queries import took_mark_away
from portal.organizations.states import MERGEABLE, ONCE_VERIFIED


def may_read_merges(actor: Actor) -> bool:
    return actor.has(Group.MODERATOR)


def may_merge(actor: Actor, one: Organization, other: Organization) -> bool:
    """A moderator who is close to neither, and took the mark of risk off neither."""
    both = (one, other)
    return all(rules.may_review(actor, each) and not took_mark_away(actor, each) for each in both)


def why_apart(merged: Organization, kept: Organization) -> Promise | None:
    """Why the first cannot go into the second; None where it can."""
    if merged.pk == kept.pk:
        return _("These are not two.")
    if merged.is_protected or kept.is_protected:
        return _("The name of one of the two is withheld.")
    if OrganizationState.SUSPENDED in (merged.state, kept.state):
        return _("One of the two is suspended. End that first.")
    if not {merged.state, kept.state} <= MERGEABLE:
        return _("One of the two cannot be merged as it stands: a draft, or merged before.")
    if kept.state == OrganizationState.LISTED and merged.state != OrganizationState.LISTED:
        return _("The one that has signed up stays: the other was only listed by the secretariat.")
    if merged.state in ONCE_VERIFIED and kept.state not in ONCE_VERIFIED:
        return _("The verified one stays.")
    if merged.state == OrganizationState.LISTED and kept.state not in {*ONCE_VERIFIED, merged.state}:
        return _("Verify the one that has signed up first.")
    return None


def takes_two(merged: Organization, kept: Organization) -> bool:
    """One is at risk, or people get rights in a verified organization."""
    at_risk = merged.is_at_risk or kept.is_at_risk
    return at_risk or (kept.state in ONCE_VERIFIED and merged.state != OrganizationState.LISTED)


def may_decide(actor: Actor, merge: Merge) -> bool:
    return may_merge(actor, merge.merged, merge.kept)


def can_confirm(actor: Actor, merge: Merge) -> bool:
    """Somebody else than who proposed it."""
    waits = merge.state == MergeState.PROPOSED
    return waits and merge.proposed_by_id != actor.user_id and may_decide(actor, merge)


def can_decline(actor: Actor, merge: Merge) -> bool:
    """Also who proposed it."""
    return merge.state == MergeState.PROPOSED and may_decide(actor, merge)


def can_part(actor: Actor, merge: Merge) -> bool:
    """Also who merged them; not once the name of one is withheld: what told of it is gone."""
    is_kept = merge.state == MergeState.MERGED and bool(merge.journal)
    return is_kept and may_decide(actor, merge)
