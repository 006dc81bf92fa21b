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
from portal.demo.evidence import notes, plan_of_a_place
from portal.files.models import StoredFile
from portal.followup.assessing.drafts import AssessmentFields
from portal.followup.assessing.papers import store_paper
from portal.followup.assessing.parties import belongs_to_a_party, confirmed, is_party
from portal.followup.assessing.subjects import Subject, goals_of, promise_of, subject_of
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.cycles.domain import freeze_cycle, open_cycle
from portal.followup.cycles.reference import load_cycles
from portal.followup.enums import FIRM
from portal.followup.models import Assessment, Body, ReviewCycle, Seat
from portal.followup.replying.drafts import ReplyFields
from portal.followup.replying.submission import REPLY
from portal.moderation.domain import decide
from portal.organizations import domain as organizations
from portal.organizations.enums import Role
from portal.organizations.models import Membership, Organization
from portal.pledges.enums import Completion, ReportedStage
from portal.pledges.models import Pledge
from portal.publication.enums import Relation
from portal.publication.queries import count_linking
from portal.reports.models import Report
from portal.submissions.domain import create_draft, submit
from portal.submissions.states import SubmissionState

FROZEN, OPEN = "hlom-2025", "grf-2027"
EVERY_REPLY = 3
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
ACTIONS, EVERY_GOAL, EVERY_PAPER, WEAK = 3, 4, 3, 7
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


def turn_of_cycles(now: datetime, *, number: int) -> None:
    """So many assessments, then the first cycle is frozen and the next one opens.

    To be called between the reports: those that come later carry the second one.
    """
    turn, actor = frozen_at(now), system("load_demo")
    _assess(number, first=turn - FIRST, until=turn)
    freeze_cycle(ReviewCycle.objects.get(slug=FROZEN), actor=actor, now=turn)
    open_cycle(ReviewCycle.objects.get(slug=OPEN), actor=actor, now=turn + timedelta(days=1))


def load_assessments(*, now: datetime, number: int) -> str:
    """So many more, in the cycle that is open."""
    _assess(number, first=frozen_at(now) + timedelta(days=20), until=now)
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
    for at, subject in enumerate(_unassessed(number)):
        assessor, written = next(turns), first + at * STEP
        if is_party(subject, assessor.organization.pk) or belongs_to_a_party(moderator, subject):
            continue
        assessment = _assessment(assessor, subject, at, written, moderator)
        if at % EVERY_REPLY == 0 and written + READ_AFTER + REPLIED_AFTER < until:
            _reply(assessment, at, written + READ_AFTER + REPLIED_AFTER, moderator)


def _assessors() -> list[Assessor]:
    names = (("follow-up-commission", "commissioner"), ("regional-observatory", "observatory"))
    people = [(slug, User.objects.get(email=f"{name}@{DOMAIN}")) for slug, name in names]
    return [
        Assessor(Organization.objects.get(memberships__user=user), person(user), Body.objects.get(slug=slug))
        for slug, user in people
    ]


def _unassessed(number: int) -> Iterator[Subject]:
    """Public pledges with a report, every fourth of them in one goal, and some actions at the end."""
    pledges = list(_pledges(number - ACTIONS))
    for at, pledge in enumerate(pledges):
        goals = goals_of(promise_of(pledge)) if at % EVERY_GOAL == EVERY_GOAL - 1 else []
        yield Subject(pledge, goals[0].key if goals else None)
    yield from _actions(ACTIONS)


def _pledges(number: int) -> Iterator[Pledge]:
    """Those claimed fulfilled first; a few once more by the other body."""
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


def _actions(number: int) -> Iterator[Subject]:
    """Those that most public pledges carry out and nobody has assessed."""
    known = set(Assessment.objects.exclude(action="").values_list("action", flat=True))
    counted = count_linking(Relation.CARRIES_OUT)
    most = sorted(counted, key=lambda key: (-counted[key], key))
    yield from [Subject(action=key) for key in most if key not in known][:number]


def _assessment(assessor: Assessor, subject: Subject, at: int, now: datetime, moderator: Actor) -> Assessment:
    pledge = subject.pledge
    language = pledge.language if pledge else assessor.organization.language
    words = read("followup")[language]
    steps = CLAIMED if pledge and pledge.stage == ReportedStage.FULFILLED else UNDER_WAY
    completion = steps[at % len(steps)]
    basis = BASES.get(completion, "1" if at % WEAK == 0 else "3")
    fields = AssessmentFields(
        pledge=pledge,
        goal=subject.goal,
        action=subject.action or None,
        body=assessor.body,
        completion=completion.value,
        confidence=("medium", "high", "low")[at % 3],
        basis=basis,
        text=f"{words[completion.value]} {words['detail'][at % len(words['detail'])]}",
        sources="\n".join(words["sources"]) if basis in FIRM else "",
        conflict=words["conflict"],
        added=_papers(assessor, words, at, now) if basis in FIRM and at % EVERY_PAPER == 0 else (),
        opened=at % 2 == 0,
    )
    draft: Assessment = create_draft(
        ASSESSMENT,
        organization=assessor.organization,
        language=language,
        fields=fields,
        actor=assessor.actor,
        now=now,
    )
    submit(draft, submit_key=draft.submit_key, actor=assessor.actor, now=now)
    decide("assessment", draft.key, "approved", actor=moderator, now=now + READ_AFTER)
    draft.refresh_from_db()
    return draft


def _papers(assessor: Assessor, words: Content, at: int, now: datetime) -> tuple[StoredFile, ...]:
    """A page of notes, and in turn a plan of the places."""
    pages = notes(words["visit"], [*words["detail"], *words["sources"]])
    told = [(pages, "visit.pdf"), *([(plan_of_a_place(3), "places.png")] if at % 2 == 0 else [])]
    return tuple(store_paper(content, name, actor=assessor.actor, now=now) for content, name in told)


def _reply(assessment: Assessment, at: int, now: datetime, moderator: Actor) -> None:
    """By whoever keeps the pledge, or the first that carries the action out."""
    owners = Membership.objects.filter(role=Role.OWNER).select_related("user", "organization").order_by("pk")
    pledge = assessment.pledge
    theirs = [pledge.organization] if pledge else confirmed(subject_of(assessment))
    owner = owners.filter(organization__in=theirs)[0]
    actor, language = person(owner.user), pledge.language if pledge else owner.organization.language
    texts = read("followup")[language]["replies"]
    draft = create_draft(
        REPLY,
        organization=owner.organization,
        language=language,
        fields=ReplyFields(assessment=assessment, text=texts[at % len(texts)]),
        actor=actor,
        now=now,
    )
    submit(draft, submit_key=draft.submit_key, actor=actor, now=now)
    decide("reply", draft.key, "approved", actor=moderator, now=now + READ_AFTER)


def _moderator() -> Actor:
    return person(User.objects.get(email=f"moderator@{DOMAIN}"))
