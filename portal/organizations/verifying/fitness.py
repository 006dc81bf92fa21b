"""Who may vouch for an organization: reads, for one voucher and for many alike.

It is verified, shares no member with whom it vouches for, nor did within a year, and is not itself vouched
for by it, nor by others that it vouches for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organizations.enums import OrganizationState, VouchState
from portal.organizations.models import Membership, Organization, Vouch
from portal.organizations.queries import former_members
from portal.organizations.verifying.cases import Case

YEAR = timedelta(days=365)
CIRCLE = _("You have vouched for it, so it cannot vouch for you.")
LONG_CIRCLE = _("It is vouched for by others for whom you vouch, so it cannot vouch for you.")


def unfit(case: Case, voucher: Organization) -> object:
    """Why it cannot vouch, in words; empty when it can."""
    return unfit_of(case, [voucher])[voucher.pk]


def unfit_of(case: Case, vouchers: Sequence[Organization]) -> dict[int, object]:
    """Why each cannot vouch; empty for one that can.

    Five queries, and one for each step from what the case vouches for to what that does, and so on.
    """
    people, since = case.people(), timezone.now() - YEAR
    former = former_members([case.organization, *vouchers], since)
    bonds = _Bonds(
        people=people,
        gone=former[case.organization.pk],
        former=former,
        members=_members_among(vouchers, people | former[case.organization.pk]),
        steps=_steps_from(case.organization),
    )
    return {row.pk: _why_unfit(case, row, bonds) for row in vouchers}


@dataclass(frozen=True, slots=True)
class _Bonds:
    """What ties the people of a case, and who has left it, to others; sets of people by organization.

    `steps`: how many words lead from its organization to each that is vouched for.
    """

    people: set[int]
    gone: set[int]
    former: Mapping[int, set[int]]
    members: Mapping[int, set[int]]
    steps: Mapping[int, int]


def _why_unfit(case: Case, voucher: Organization, bonds: _Bonds) -> object:
    members = bonds.members.get(voucher.pk, set())
    if voucher.pk == case.organization.pk:
        return _("An organization cannot vouch for itself.")
    if voucher.state != OrganizationState.VERIFIED:
        return _("Only an organization that is verified now can vouch.")
    if members & bonds.people:
        return _("It has a member in common with you, so it cannot vouch for you.")
    if bonds.former[voucher.pk] & bonds.people or members & bonds.gone:
        return _("Somebody belonged to both of you within a year, so it cannot vouch for you.")
    if step := bonds.steps.get(voucher.pk):
        return CIRCLE if step == 1 else LONG_CIRCLE
    return ""


def _members_among(organizations: Iterable[Organization], people: set[int]) -> dict[int, set[int]]:
    rows = Membership.objects.filter(organization__in=organizations, user_id__in=people)
    members: dict[int, set[int]] = defaultdict(set)
    for organization, user in rows.values_list("organization_id", "user_id"):
        members[organization].add(user)
    return members


def _steps_from(organization: Organization) -> dict[int, int]:
    """To each that it vouches for, that those vouch for, and so on."""
    steps, last, step = {organization.pk: 0}, {organization.pk}, 0
    while last:
        step += 1
        given = Vouch.objects.filter(voucher__in=last, state=VouchState.GIVEN)
        last = set(given.values_list("organization", flat=True)) - steps.keys()
        steps |= dict.fromkeys(last, step)
    return steps
