"""Every address of the portal by every role, on what is one's own and on what is of others: who comes in.

`KINDS` names the kind of an address by the longest beginning it has there; a kind names the roles that it
lets in. An address without a kind fails the suite.
"""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client

from portal.accounts.models import User
from portal.common.actors import Group
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from tests.factories import make_user
from tests.factories.organizations import add_member

# Who made the thing, a viewer of the same organization, the owner of another one, each task of the staff.
OWNER, READER, OTHER, SUPERUSER = "owner", "reader", "other", "superuser"
ADMINISTRATORS = frozenset({Group.ADMINISTRATOR.value, SUPERUSER})
EDITORS = ADMINISTRATORS | {Group.EDITOR.value}
MODERATORS = ADMINISTRATORS | {Group.MODERATOR.value}
PROTECTION = ADMINISTRATORS | {Group.PROTECTION.value}
# By that task itself: no administrator.
FOCAL_POINTS = frozenset({Group.PROTECTION.value})
QUEUE = MODERATORS | {Group.PROTECTION.value}
LISTERS = EDITORS | MODERATORS
STAFF = frozenset({SUPERUSER, *(group.value for group in Group)})
SIGNED_IN = STAFF | {OWNER, READER, OTHER}
DOORS = ("/accounts/login/", "/admin/login/", "/django-admin/login/")


@dataclass(frozen=True, slots=True)
class Kind:
    """`lets_in`: exactly these, or nobody where there is nothing. A public one answers all alike.

    What is private lets in its owner, and for reading who belongs to the same organization, beside them.
    """

    lets_in: frozenset[str] = frozenset()
    is_public: bool = False
    is_private: bool = False

    def allows(self, visitor: bool | None, came_in: frozenset[str]) -> bool:
        """`visitor`: whether one came in, None when asked to sign in."""
        if self.is_public:
            return came_in == (SIGNED_IN if visitor else frozenset())
        if visitor is not None:
            return False
        if self.is_private:
            own = ({OWNER, READER}, {OWNER}, set())
            return not came_in or (came_in - self.lets_in in own and came_in >= self.lets_in)
        return came_in in (self.lets_in, frozenset())


PUBLIC, PRIVATE = Kind(is_public=True), Kind(is_private=True)
DESK, PROOFS = Kind(SIGNED_IN), Kind(QUEUE, is_private=True)
FOR = {who: Kind(who) for who in (ADMINISTRATORS, EDITORS, MODERATORS, PROTECTION, QUEUE, LISTERS, STAFF)}
PUBLIC_ROOTS = [
    "api/v1/",
    "r/",
    "data/",
    "feeds/",
    "healthz",
    "readyz",
    "desk/",
    "xx/search/",
    "xx/library/",
    "xx/organizations/",
    "xx/interventions/",
    "xx/pledges/",
    "xx/reports/",
    "xx/practices/",
    "xx/recommendations/",
    "xx/consultations/",
    "xx/follow-up/",
    "xx/countries/",
    "xx/calendar",
    "xx/privacy/",
    "xx/verify/",
    "xx/moderation/",
    "xx/data/",
    "xx/assessments/",
    "xx/observations/",
    "xx/plan/",
    "xx/networks/",
    "xx/mechanisms/",
    "xx/matches/",
    "xx/^",
    "xx/desk/searches/stop/",
]
DESK_ROOTS = [
    "profile/",
    "staff/invitation/",
    "organizations/new/",
    "organizations/claim/",
    "organizations/alike/",
    "organizations/acting/",
    "organizations/invitation/",
    "organizations/join/",
    "organizations/vouches/",
    "offline/",
    "interventions/new/",
    "practices/new/",
    "pledges/new/",
    "reports/new/",
    "assessments/new/",
    "observations/",
    "replies/new/",
    "parties/",
    "parties/ask/",
    "matches/",
    "matches/help/",
    "contributions/became/",
    "searches/",
    "signatures/",
    "dossiers/",
    "proposed-documents/",
]
PRIVATE_ROOTS = [
    "organizations/<",
    "organizations/claims/",
    "organizations/changes/",
    "organizations/vouches/<",
    "interventions/<",
    "practices/<",
    "pledges/<",
    "reports/<",
    "reports/sheets/",
    "reports/papers/",
    "attachments/<",
    "assessments/<",
    "assessments/papers/",
    "observations/<",
    "replies/<",
    "parties/<",
    "matches/<",
    "kept/",
    "contributions/became/<",
    "searches/<",
    "searches/batch/<",
    "signatures/<",
    "signatures/shared/<",
    "dossiers/<",
    "follow-up/",
    "room/<uuid:key>/confirm/",
    "room/<uuid:key>/tell/",
]
SHOWN_FILES = [
    "xx/desk/organizations/<uuid:key>/proofs/files/<uuid:file>/",
    "xx/desk/organizations/claims/<uuid:key>/proofs/files/<uuid:file>/",
    "xx/desk/organizations/<uuid:key>/logo/picture/",
    "xx/desk/organizations/changes/<uuid:key>/logo/",
]
ROOMS = {
    EDITORS: (
        "conclusions/",
        "library/",
        "networks/",
        "plan/",
        "unlinked-pledges/",
        "pledges/duplicates/",
        "pledges/import/",
        "room/new/",
        "room/<",
    ),
    LISTERS: ("organizations/listed/", "objections/", "room/", "deadlines/", "translations/"),
    QUEUE: ("moderation/", "organizations/register/", "organizations/without-owner/"),
    PROTECTION: ("organizations/<uuid:key>/risk/",),
    MODERATORS: (
        "organizations/without-owner/<",
        "organizations/merges/",
        "organizations/<uuid:key>/twice/",
        "moderation/<str:kind>/<uuid:key>/<str:action>/",
        "moderation/<str:kind>/<uuid:key>/take/",
        "moderation/<str:kind>/<uuid:key>/give-back/",
        "moderation/<str:kind>/<uuid:key>/redaction/",
        "moderation/<str:kind>/<uuid:key>/amendment/",
    ),
    ADMINISTRATORS: ("staff/",),
}
KINDS = {
    **dict.fromkeys(PUBLIC_ROOTS, PUBLIC),
    **dict.fromkeys((f"xx/desk/{root}" for root in DESK_ROOTS), DESK),
    **dict.fromkeys((f"xx/desk/{root}" for root in PRIVATE_ROOTS), PRIVATE),
    **{f"xx/desk/{root}": FOR[who] for who, roots in ROOMS.items() for root in roots},
    "style/": FOR[STAFF],
    # By that task itself: no administrator.
    "xx/desk/organizations/<uuid:key>/protection/": Kind(
        frozenset({Group.PROTECTION.value}), is_private=True
    ),
    "xx/desk/organizations/<uuid:key>/protection/off/": PRIVATE,
    "xx/desk/proposed-documents/<": Kind(EDITORS, is_private=True),
    "xx/desk/translations/<": Kind(LISTERS, is_private=True),
    "xx/desk/translations/entered/<": Kind(LISTERS, is_private=True),
    "xx/desk/organizations/<uuid:key>/reveal/": Kind(frozenset({Group.PROTECTION.value})),
}
# The addresses that are no beginnings of others.
EXACT = {"": PUBLIC, "xx/desk/": DESK, **dict.fromkeys(SHOWN_FILES, PROOFS)}
# There is nothing yet: no seat of this kind, no passage, no report, no page, no ledger.
EMPTY = {
    "xx/desk/follow-up/observatory/",
    "xx/desk/follow-up/platform/",
    "xx/desk/dossiers/add/",
    "xx/desk/reports/new/unchanged/",
    "data/ledger/latest.zip",
    "api/v1/",
    r"xx/^((?:[\w\-]+/)*)$",
}


def kind_of(route: str) -> Kind | None:
    """None where `KINDS` does not know the address."""
    roots = [root for root in KINDS if route.startswith(root)]
    return EXACT.get(route) or (KINDS[max(roots, key=len)] if roots else None)


def people(owner: User, organization: Organization, other: User) -> dict[str, User]:
    """Somebody of each role."""
    reader, root = make_user(), User.objects.create_superuser("root@example.org")
    add_member(organization, reader, Role.VIEWER)
    EmailAddress.objects.create(user=root, email=root.email, verified=True, primary=True)
    staff = {group.value: make_user(group) for group in Group}
    return {OWNER: owner, READER: reader, OTHER: other, **staff, SUPERUSER: root}


def comes_in(client: Client, method: str, path: str) -> bool | None:
    """None: asked to sign in. Nothing that was sent stays."""
    with transaction.atomic():
        answer: Any = client.generic(method, path)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.headers["Location"].startswith(DOORS):
        return None
    return answer.status_code not in {403, 404}
