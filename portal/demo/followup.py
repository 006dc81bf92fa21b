"""The demo's bodies with their seats, its review cycles, and what the bodies find of pledges.

One cycle is frozen with half of the assessments in it, the next one is open. The same pledges give the same
assessments; some go against what the parties claim, and where both bodies have looked they may disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.demo.accounts import DOMAIN
from portal.demo.content import JOINED, Content, read
from portal.followup.assessing.drafts import AssessmentFields
from portal.followup.assessing.parties import belongs_to_a_party, is_party
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.cycles import freeze_cycle, open_cycle
from portal.followup.models import Assessment, Body, ReviewCycle, Seat
from portal.followup.reference import load_cycles
from portal.followup.replying.drafts import ReplyFields
from portal.followup.replying.submission import REPLY
from portal.moderation.domain import decide
from portal.organizations import domain as organizations
from portal.organizations.enums import Role
from portal.organizations.models import Membership, Organization
from portal.pledges.enums import Completion, ReportedStage
from portal.pledges.models import Pledge
from portal.reports.models import Report
from portal.submissions.domain import create_draft, submit
from portal.submissions.states import SubmissionState

FROZEN, OPEN = "hlom-2025", "grf-2027"
HALF, EVERY_REPLY = 20, 3
# The frozen cycle ended so long ago; the next one opened on the day after.
FROZEN_SINCE = timedelta(days=60)
FIRST, STEP, READ_AFTER = timedelta(days=22), timedelta(hours=20), timedelta(hours=26)
REPLIED_AFTER = timedelta(days=5)
SEATED = date(2024, 1, 1)
CLAIMED = (
    Completion.COMPLETE,
    Completion.LIMITED,
    Completion.SUBSTANTIAL,
    Completion.NO_EVIDENCE,
    Completion.COMPLETE,
)
UNDER_WAY = (Completion.LIMITED, Completion.SUBSTANTIAL, Completion.NOT_STARTED)
BASES = {Completion.NO_EVIDENCE: "0", Completion.NOT_STARTED: "1", Completion.COMPLETE: "4"}


@dataclass(frozen=True, slots=True)
class Assessor:
    """Who writes for a body: the organization, the person and the body."""

    organization: Organization
    actor: Actor
    body: Body


def load_bodies(*, now: datetime) -> str:
    """Bodies with their seats, and the first cycle open; the reports come afterwards and carry it."""
    load_cycles()
    content = read("followup")
    holders = {words["key"]: _organization(words) for words in content["organizations"]}
    for words in content["bodies"]:
        _body(words, holders)
    open_cycle(ReviewCycle.objects.get(slug=FROZEN), actor=system("load_demo"), now=JOINED)
    return f"{len(content['bodies'])} bodies"


def frozen_at(now: datetime) -> datetime:
    """When the demo's first cycle was frozen."""
    return now - FROZEN_SINCE


def turn_of_cycles(now: datetime) -> None:
    """Half of the assessments, then the first cycle is frozen and the next one opens.

    To be called between the reports: those that come later carry the second one.
    """
    turn, actor = frozen_at(now), system("load_demo")
    _assess(HALF, first=turn - FIRST, until=turn)
    freeze_cycle(ReviewCycle.objects.get(slug=FROZEN), actor=actor, now=turn)
    open_cycle(ReviewCycle.objects.get(slug=OPEN), actor=actor, now=turn + timedelta(days=1))


def load_assessments(*, now: datetime) -> str:
    """The other half, in the cycle that is open."""
    _assess(HALF, first=frozen_at(now) + timedelta(days=20), until=now)
    return f"{Assessment.objects.count()} assessments"


def _organization(words: Content) -> Organization:
    """Verified, of one of the demo's accounts."""
    actor = person(User.objects.get(email=f"{words['account']}@{DOMAIN}"))
    fields = organizations.OrganizationFields(
        name=words["name"],
        type_code=words["type"],
        country=words["country"],
        language=words["language"],
        description=words["description"],
        evidence="Invented for the demo.",
    )
    made = organizations.create_organization(fields=fields, actor=actor, now=JOINED)
    made = organizations.submit_organization(made, actor=actor, now=JOINED)
    decide("organization", made.key, "verified", actor=_moderator(), now=JOINED)
    made.refresh_from_db()
    return made


def _body(words: Content, holders: dict[str, Organization]) -> None:
    texts = {f"{name}_{code}": text for name in ("title", "mandate") for code, text in words[name].items()}
    rights = {name: words[name] for name in ("kind", "may_assess", "runs_cycles")}
    body = Body.objects.create(slug=words["slug"], is_public=True, **texts, **rights)
    for constituency, name in words["seats"]:
        holder = holders.get(name) or Organization.objects.get(memberships__user__email=f"{name}{DOMAIN}")
        Seat.objects.create(body=body, constituency=constituency, organization=holder, since=SEATED)


def _assess(number: int, *, first: datetime, until: datetime) -> None:
    """So many, in turn by the commission and the observatory; every third is replied to."""
    turns, moderator = cycle(_assessors()), _moderator()
    for at, pledge in enumerate(_unassessed(number)):
        assessor, written = next(turns), first + at * STEP
        if is_party(pledge, assessor.organization.pk) or belongs_to_a_party(moderator, pledge):
            continue
        assessment = _assessment(assessor, pledge, at, written, moderator)
        if at % EVERY_REPLY == 0 and written + READ_AFTER + REPLIED_AFTER < until:
            _reply(assessment, at, written + READ_AFTER + REPLIED_AFTER, moderator)


def _assessors() -> list[Assessor]:
    names = (("follow-up-commission", "commissioner"), ("regional-observatory", "observatory"))
    people = [(slug, User.objects.get(email=f"{name}@{DOMAIN}")) for slug, name in names]
    return [
        Assessor(Organization.objects.get(memberships__user=user), person(user), Body.objects.get(slug=slug))
        for slug, user in people
    ]


def _unassessed(number: int) -> Iterator[Pledge]:
    """Public pledges with a report, those claimed fulfilled first; a few once more by the other body."""
    reported = Report.objects.filter(state=SubmissionState.PUBLISHED).values("pledge")
    rows = Pledge.objects.filter(state=SubmissionState.PUBLISHED, pk__in=reported)
    rows = rows.select_related("organization").order_by("pk")
    fresh = list(rows.exclude(assessments__isnull=False))
    claims = [row for row in fresh if row.stage == ReportedStage.FULFILLED]
    # Nobody has looked at every fourth claim yet.
    claimed = [row for row in claims if row.pk % 4 != 3]
    others = [row for row in fresh if row.stage != ReportedStage.FULFILLED]
    again = list(rows.filter(assessments__isnull=False).distinct()[1:4])
    yield from [*again, *claimed, *others][:number]


def _assessment(assessor: Assessor, pledge: Pledge, at: int, now: datetime, moderator: Actor) -> Assessment:
    words = read("followup")[pledge.language]
    steps = CLAIMED if pledge.stage == ReportedStage.FULFILLED else UNDER_WAY
    completion = steps[at % len(steps)]
    fields = AssessmentFields(
        pledge=pledge,
        body=assessor.body,
        completion=completion.value,
        confidence=("medium", "high", "low")[at % 3],
        basis=BASES.get(completion, "3"),
        text=f"{words[completion.value]} {words['detail'][at % len(words['detail'])]}",
        sources="" if completion == Completion.NO_EVIDENCE else "\n".join(words["sources"]),
        conflict=words["conflict"],
    )
    draft: Assessment = create_draft(
        ASSESSMENT,
        organization=assessor.organization,
        language=pledge.language,
        fields=fields,
        actor=assessor.actor,
        now=now,
    )
    submit(draft, submit_key=draft.submit_key, actor=assessor.actor, now=now)
    decide("assessment", draft.key, "approved", actor=moderator, now=now + READ_AFTER)
    draft.refresh_from_db()
    return draft


def _reply(assessment: Assessment, at: int, now: datetime, moderator: Actor) -> None:
    """By whoever keeps the pledge."""
    pledge = assessment.pledge
    assert pledge is not None  # noqa: S101  # made above
    owner = Membership.objects.filter(organization=pledge.organization, role=Role.OWNER)
    actor = person(owner.select_related("user").order_by("pk")[0].user)
    texts = read("followup")[pledge.language]["replies"]
    draft = create_draft(
        REPLY,
        organization=pledge.organization,
        language=pledge.language,
        fields=ReplyFields(assessment=assessment, text=texts[at % len(texts)]),
        actor=actor,
        now=now,
    )
    submit(draft, submit_key=draft.submit_key, actor=actor, now=now)
    decide("reply", draft.key, "approved", actor=moderator, now=now + READ_AFTER)


def _moderator() -> Actor:
    return person(User.objects.get(email=f"moderator@{DOMAIN}"))
