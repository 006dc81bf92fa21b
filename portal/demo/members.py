"""Members of the demo's organizations: one person in two, one invited, two who ask, an owner who is gone."""

from datetime import datetime

from portal.accounts.models import User
from portal.common.actors import person
from portal.demo.accounts import DOMAIN
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.members import inviting, joining
from portal.organizations.members.inviting import Invited
from portal.organizations.models import Membership, Organization

COLLEAGUE = f"colleague@{DOMAIN}"


def load_colleagues(*, now: datetime) -> str:
    """The colleague edits for the focal point's organization and signs for another one."""
    colleague = User.objects.filter(email=COLLEAGUE).first()
    own = Organization.objects.filter(memberships__user__email=f"focal-point@{DOMAIN}").first()
    if colleague is None or own is None:
        return "nobody to add"
    asked, other, silent = _others(own)
    inviting.let_in(own, colleague.pk, Role.EDITOR, now)
    inviting.let_in(other, colleague.pk, Role.SIGNATORY, now)
    to = Invited(f"new-colleague@{DOMAIN}", Role.VIEWER, own.language)
    inviting.invite(own, to=to, actor=person(User.objects.get(email=f"focal-point@{DOMAIN}")), now=now)
    joining.ask(asked, text="Demo: trabajo en el equipo de programas.", actor=person(colleague), now=now)
    applicant = Membership.objects.filter(organization=asked, role=Role.OWNER).select_related("user").first()
    if applicant is not None:
        joining.ask(
            own, text="Demo: acompaño las jornadas de registro.", actor=person(applicant.user), now=now
        )
    User.objects.filter(memberships__organization=silent).update(last_login=None)
    return "2 memberships, 1 invitation, 2 requests to join"


def _others(own: Organization) -> list[Organization]:
    """The first verified ones by number, so that the same are taken each time."""
    rows = Organization.objects.filter(state=OrganizationState.VERIFIED).exclude(pk=own.pk)
    return list(rows.order_by("pk")[:3])
