"""Two organizations that are one, with all that can hang on the one that is merged."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.files.domain import store_file
from portal.followup.models import Reminder
from portal.networks.models import Network
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.merging import domain
from portal.organizations.models import (
    Invitation,
    JoinRequest,
    Merge,
    Organization,
    Proof,
    Vouch,
)
from portal.organizations.projection import project
from portal.pledges.models import Pledge, PledgeParty
from portal.publication.domain import publish
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.factories import make_organization, make_user
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_contact_note,
    make_cycle,
    make_observation,
    make_reply,
    make_seat,
    publish_assessment,
    publish_observation,
)
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import add_member
from tests.factories.pledge_pairs import make_public_pledge
from tests.factories.records import (
    make_intervention,
    make_practice,
    make_report,
    publish_intervention,
    publish_pledge,
    publish_practice,
    publish_report,
)
from tests.factories.sessions import attend, make_session
from tests.factories.sessions import make_body as make_partner

REASON = "Both have the same statutes."


@dataclass(frozen=True)
class Twins:
    """`gone` is merged into `kept`; `other` is a third one that both have to do with."""

    gone: Organization
    kept: Organization
    other: Organization
    moderator: User
    second: User

    def merge(self) -> Merge:
        """By two people where it takes two."""
        now = timezone.now()
        merge = domain.propose(self.gone, self.kept, reason=REASON, actor=person(self.moderator), now=now)
        if merge.state == "proposed":
            merge = domain.confirm(merge, actor=person(self.second), now=now)
        return merge

    def part(self, merge: Merge) -> Merge:
        return domain.part(
            merge, reason="They are two after all.", actor=person(self.second), now=timezone.now()
        )


def make_public(name: str, **fields: object) -> Organization:
    """Verified and public, with an owner, as the verbs leave it."""
    row = make_organization(
        name=name, state=OrganizationState.VERIFIED, owner=make_user(name=f"Owner of {name}"), **fields
    )
    publish(project(row), actor=system("tests"), now=timezone.now())
    return row


def make_twins(**fields: object) -> Twins:
    """Both verified, with nothing else; `fields`: of the one that is merged."""
    given = {"name": "Red Clamor", "acronym": "CLAMOR", "aliases": ["Clamor de la red"], **fields}
    return Twins(
        gone=make_public(**given),  # type: ignore[arg-type]
        kept=make_public("Red CLAMOR", type_code="civil_society"),
        other=make_public("Third"),
        moderator=make_user(Group.MODERATOR, name="First eyes"),
        second=make_user(Group.MODERATOR, name="Second eyes"),
    )


def record_of(row: object) -> Record:
    return Record.objects.get(source_key=row.key)  # type: ignore[attr-defined]


def furnish(twins: Twins) -> None:
    """Everything that can hang on the one that is merged, some of it on both."""
    furnish_people(twins)
    _proofs(twins)
    _texts(twins)
    _pledges(twins)
    _followup(twins)
    _networks(twins)
    _sessions(twins)
    for row in (twins.gone, twins.kept, twins.other):
        publish(project(row), actor=system("tests"), now=timezone.now())


def furnish_people(twins: Twins) -> None:
    """Somebody in both, somebody in one, invitations and requests of both."""
    both = make_user(name="In both")
    add_member(twins.gone, both, Role.OWNER)
    add_member(twins.kept, both, Role.VIEWER)
    add_member(twins.gone, make_user(name="Writer"), Role.EDITOR)
    now = timezone.now()
    for at, row in enumerate((twins.gone, twins.kept)):
        Invitation.objects.create(
            organization=row,
            email="asked@example.org",
            role=Role.EDITOR,
            language="es",
            digest=f"digest-{at}",
            sent_at=now,
            expires_at=now + timedelta(hours=72),
        )
    asking = make_user(name="Asking")
    for row in (twins.gone, twins.kept):
        JoinRequest.objects.create(
            organization=row, person=asking, text="Please", asked_at=now, expires_at=now + timedelta(days=30)
        )


def _proofs(twins: Twins) -> None:
    now = timezone.now()
    file = store_file(b"statutes", name="statutes.txt", actor=system("tests"), now=now)
    Proof.objects.create(organization=twins.gone, file=file, added_at=now)
    waiting = make_organization(name="Waiting", state=OrganizationState.SUBMITTED)
    for asked, voucher in (
        (waiting, twins.gone),
        (waiting, twins.kept),
        (twins.gone, twins.kept),
        (twins.gone, twins.other),
    ):
        Vouch.objects.create(organization=asked, voucher=voucher, asked_at=now)


def _texts(twins: Twins) -> None:
    published = {"state": SubmissionState.PUBLISHED, "decided_at": timezone.now()}
    publish_intervention(make_intervention(twins.gone, title="We say", **published))  # type: ignore[arg-type]
    make_intervention(twins.gone, title="A draft")
    publish_practice(make_practice(twins.gone, title="We do", **published))  # type: ignore[arg-type]


def _pledges(twins: Twins) -> None:
    own = make_public_pledge(twins.gone, title="Own")
    _party(own, twins.other, "funder")
    _party(own, twins.kept, "partner")
    kept = make_public_pledge(twins.kept, title="Of the one that stays")
    _party(kept, twins.gone, "partner")
    third = make_public_pledge(twins.other, title="Of a third")
    _party(third, twins.gone, "partner", "confirmed")
    _party(third, twins.kept, "partner")
    for pledge in (own, kept, third):
        publish_pledge(pledge)
    report = make_report(third, state=SubmissionState.PUBLISHED, organization=twins.gone)
    publish_report(report)


def _party(pledge: Pledge, organization: Organization, role: str, state: str = "named") -> None:
    decided = timezone.now() if state == "confirmed" else None
    agreed = role if state == "confirmed" else ""
    PledgeParty.objects.create(
        pledge=pledge,
        organization=organization,
        role=role,
        state=state,
        decided_at=decided,
        agreed_role=agreed,
    )


def _followup(twins: Twins) -> None:
    body = make_body("observatory", may_assess=True)
    make_seat(body, twins.gone)
    third = Pledge.objects.get(title="Of a third")
    seen = make_public_pledge(twins.other, title="Seen by it")
    judged = make_assessment(Pledge.objects.get(title="Of the one that stays"), twins.other)
    publish_assessment(judged)
    reply = make_reply(judged, twins.gone, state=SubmissionState.PUBLISHED)
    assert reply.pk
    publish_observation(make_observation(twins.other, record=record_of(twins.gone)))
    publish_observation(make_observation(twins.gone, record=record_of(seen)))
    make_contact_note(third, twins.gone)
    Reminder.objects.create(
        organization=twins.gone, cycle=make_cycle(), days=-7, sent_on=date(2026, 5, 1), people=1
    )


def _networks(twins: Twins) -> None:
    one, other = (make_network(is_public=True, name_en=f"Network {at}") for at in "AB")
    make_network_member(one, twins.gone, since=date(2020, 1, 1), until=date(2024, 12, 31))
    make_network_member(one, twins.kept, since=date(2023, 1, 1))
    make_network_member(other, twins.gone, "lead")


def networks_of(organization: Organization) -> list[tuple[str, str, object, object]]:
    rows = Network.objects.filter(memberships__organization=organization)
    told = rows.values_list("name_en", "memberships__role", "memberships__since", "memberships__until")
    return sorted(told)


def _sessions(twins: Twins) -> None:
    key = uuid4()
    make_session(key, speakers=(twins.gone,))
    make_partner(key, twins.gone)
    for row in (twins.gone, twins.kept):
        attend(key, row)
