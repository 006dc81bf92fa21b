"""The demo's pledges in number, through the same verbs that people's forms use; the loading calls it.

Each promise of the content is made once in every place of its language. What differs from one to the next
follows from its place in the row, so that the same content gives the same pledges.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any
from uuid import UUID

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.demo.accounts import DOMAIN
from portal.demo.content import JOINED, Content, read
from portal.demo.umbrella import load_umbrella, parties_speak
from portal.moderation.domain import decide
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Membership, Organization
from portal.plan.reference import PLAN
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.enums import Contribution, PartyRole, PlaceRole, PledgeKind, ReportedStage
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal, Party, Place
from portal.pledges.submission import PLEDGE
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.domain import create_draft, save_draft, submit, withdraw

FIRST_NUMBER = 100
STEP, READ_AFTER, CONFIRMED_AFTER = timedelta(hours=31), timedelta(hours=20), timedelta(days=9)
STAGES = (
    ReportedStage.FULFILLED,
    ReportedStage.IN_PROGRESS,
    ReportedStage.PLANNING,
    ReportedStage.IN_PROGRESS,
    ReportedStage.IN_PROGRESS,
    ReportedStage.PLANNING,
    ReportedStage.IN_PROGRESS,
)


@dataclass(frozen=True, slots=True)
class Made:
    """One promise in one place, the `at`th of all, by an organization and its owner."""

    at: int
    words: Content
    place: str
    organization: Organization
    owner: Actor

    @property
    def forum(self) -> int:
        return 2023 if self.at % 3 else 2019

    @property
    def kind(self) -> PledgeKind:
        if self.at % 17 == 3:
            return PledgeKind.MATCHING
        return PledgeKind.JOINT if self.at % 4 == 1 else PledgeKind.INDIVIDUAL

    @property
    def is_part(self) -> bool:
        """Half of what was promised at the newer forum says that it is part of the umbrella pledge."""
        return self.forum == 2023 and self.at % 4 in (1, 2)

    @property
    def actions(self) -> tuple[str, ...]:
        """One action, a second for some; one in nine is linked to nothing."""
        if self.at % 9 == 8:
            return ()
        return tuple(f"{PLAN}:{code}" for code in self.words["actions"][: 1 + (self.at % 4 == 2)])

    @property
    def number(self) -> int:
        """What it promises, in its unit."""
        return int(self.words["number"]) * (2 + self.at % 5) // 4

    @property
    def last_day(self) -> date | None:
        """Some are over, one in eight has none."""
        return None if self.at % 8 == 7 else date(self.forum + 3 + self.at % 5, 12, 31)

    @property
    def needs(self) -> Sequence[str]:
        """One in five says that it needs something, such as money or what its promise is made of."""
        if self.at % 5 != 2:
            return ()
        return sorted({Contribution.FINANCIAL.value, *self.words["contributions"][: self.at % 2]})

    def told(self, name: str) -> str:
        text = str(self.words[name]).format(place=self.place, number=self.number).strip()
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Around:
    """What all promises share: who else there is, what they are part of, what they take up.

    `owners` speak for organizations that are named as parties, `recommendations` go by place.
    """

    partners: list[Organization]
    owners: dict[int, Actor]
    umbrella: Pledge
    recommendations: dict[str, UUID]
    moderator: Actor


def load_pledges(*, now: datetime, places: int) -> str:
    """Written in the months after the organizations joined; one in twenty-three was withdrawn since.

    `places`: in how many of its places each promise is made.
    """
    moderator = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    writers = _writers()
    pairs = [pair for of_language in writers.values() for pair in of_language]
    partners, owners = [row for row, _owner in pairs], {row.pk: owner for row, owner in pairs}
    umbrella = load_umbrella(partners, owners, moderator, JOINED)
    # The focal point finds something to decide.
    focal_point = User.objects.get(email=f"focal-point@{DOMAIN}")
    owners = {key: owner for key, owner in owners.items() if owner.user_id != focal_point.pk}
    around = Around(partners, owners, umbrella, _recommendations(), moderator)
    rows = list(_rows(writers, places))
    for row in rows:
        _pledge(row, around)
    return f"{len(rows)} pledges and the one that many of them are part of"


def _recommendations() -> dict[str, UUID]:
    rows = published(RecordKind.RECOMMENDATION)
    return {str(row.facts.get("place", "")): row.source_key for row in rows}


def _writers() -> dict[str, list[tuple[Organization, Actor]]]:
    """Verified organizations with who writes for them, by the language they write in."""
    by_language = defaultdict(list)
    owners = Membership.objects.filter(role=Role.OWNER, organization__state=OrganizationState.VERIFIED)
    for row in owners.select_related("organization", "user").order_by("organization__name"):
        by_language[row.organization.language].append((row.organization, person(row.user)))
    return by_language


def _rows(writers: dict[str, list[tuple[Organization, Actor]]], places: int) -> Iterator[Made]:
    content, at = read("pledges"), 0
    turns = {language: cycle(rows) for language, rows in writers.items()}
    for round_number in range(places):
        for words in content["promises"]:
            organization, owner = next(turns[words["language"]])
            place = content["places"][words["language"]][round_number]
            yield Made(at, words, place, organization, owner)
            at += 1


def _pledge(row: Made, around: Around) -> None:
    now = JOINED + row.at * STEP
    draft = create_draft(
        PLEDGE, organization=row.organization, language=row.words["language"], actor=row.owner, now=now
    )
    draft = save_draft(draft, fields=_fields(row, around), revision=draft.revision, actor=row.owner, now=now)
    submit(draft, submit_key=draft.submit_key, actor=row.owner, now=now)
    decide("pledge", draft.key, "approved", actor=around.moderator, now=now + READ_AFTER)
    parties_speak(draft, around.owners, row.at // 4, now + CONFIRMED_AFTER)
    if row.at % 23 == 22:
        draft.refresh_from_db()
        withdraw(draft, actor=row.owner, now=now + 200 * READ_AFTER)


def _fields(row: Made, around: Around) -> PledgeFields:
    taken_up = around.recommendations.get(row.words.get("recommendation", ""))
    return PledgeFields(
        country=row.organization.country,
        external_id=f"GRF-DEMO-{FIRST_NUMBER + row.at}",
        forum=str(row.forum),
        title=row.told("title"),
        description=row.told("description"),
        stage=STAGES[row.at % len(STAGES)].value,
        outcomes=(row.words["outcome"],),
        frame=_frame(row, around.umbrella),
        places=(Place(row.organization.country, PlaceRole.DESTINATION.value),),
        parties=tuple(_parties(row, around.partners)),
        goals=tuple(_goals(row)),
        actions=row.actions,
        recommendations=(taken_up,) if taken_up and row.actions else (),
    )


def _frame(row: Made, umbrella: Pledge) -> Frame:
    money: dict[str, Any] = {}
    if row.at % 3 == 1:
        money = {"amount": Decimal(25_000 * (1 + row.at % 9)), "currency": "USD"}
    return Frame(
        pledge_kind=row.kind.value,
        contributions=tuple(row.words["contributions"]),
        needs=tuple(row.needs),
        starts_on=date(row.forum + 1, 1, 1),
        ends_on=row.last_day,
        part_of=umbrella.key if row.is_part else None,
        **money,
    )


def _parties(row: Made, partners: list[Organization]) -> Iterator[Party]:
    """A joint pledge has two more, a matching one its funder."""
    roles = {
        PledgeKind.JOINT: (PartyRole.PARTNER, PartyRole.IMPLEMENTER),
        PledgeKind.MATCHING: (PartyRole.FUNDER,),
    }
    others = [partner for partner in partners if partner.pk != row.organization.pk]
    for step, role in enumerate(roles.get(row.kind, ())):
        yield Party(role.value, organization=others[(row.at * 5 + step * 11) % len(others)].key)


def _goals(row: Made) -> Iterator[Goal]:
    """One in ten states none; of the others one in four has no baseline and says why."""
    if row.at % 10 == 9:
        return
    baseline: dict[str, Any] = {"baseline": Decimal(0), "baseline_year": row.forum}
    if row.at % 4 == 3:
        baseline = {"no_baseline_because": read("pledges")["without_baseline"][row.words["language"]]}
    yield Goal(
        statement=row.told("goal"),
        target=Decimal(row.number),
        unit=row.words["unit"],
        due_on=row.last_day,
        means=row.told("means"),
        **baseline,
    )
