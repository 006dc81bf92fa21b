"""The demo's umbrella pledge, and what parties say of being named; `pledges` calls it.

One organization of every type is a party of it. Most parties confirm, a few decline, some say nothing yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from portal.common.actors import Actor
from portal.demo.content import read
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.enums import Contribution, PartyRole, PledgeKind, ReportedStage
from portal.pledges.joining import decide_party
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal, Party
from portal.pledges.submission import PLEDGE
from portal.submissions.domain import create_draft, save_draft, submit
from portal.taxonomy.enums import Outcome

READ_AFTER, CONFIRMED_AFTER = timedelta(hours=20), timedelta(days=12)
STARTS, ENDS = date(2024, 1, 1), date(2034, 12, 31)
ROLES = {
    "state": PartyRole.LEAD,
    "municipality": PartyRole.HOST,
    "financial_institution": PartyRole.FUNDER,
    "observer_country": PartyRole.FUNDER,
    "civil_society": PartyRole.IMPLEMENTER,
    "refugee_led": PartyRole.IMPLEMENTER,
    "un_agency": PartyRole.SUPPORTER,
}
# Of five parties three confirm, one says nothing, one declines.
CONFIRMS, DECLINES, EACH = (0, 1, 3), 4, 5


def load_umbrella(
    partners: Sequence[Organization], owners: Mapping[int, Actor], moderator: Actor, now: datetime
) -> Pledge:
    """Written, read and published as any other pledge, and one record as any other."""
    words = read("pledges")["umbrella"]
    keeper = next(row for row in partners if row.name == words["organization"])
    owner = owners[keeper.pk]
    draft = create_draft(PLEDGE, organization=keeper, language=words["language"], actor=owner, now=now)
    parties = tuple(_parties(keeper, partners))
    draft = save_draft(draft, fields=_fields(keeper, parties), revision=draft.revision, actor=owner, now=now)
    submit(draft, submit_key=draft.submit_key, actor=owner, now=now)
    decide("pledge", draft.key, "approved", actor=moderator, now=now + READ_AFTER)
    parties_speak(draft, owners, 0, now + CONFIRMED_AFTER)
    return draft


def parties_speak(pledge: Pledge, owners: Mapping[int, Actor], turn: int, now: datetime) -> None:
    """Each party for itself; who is in no `owners` says nothing."""
    for place, party in enumerate(pledge.parties.select_related("organization")):
        step = (turn + place) % EACH
        owner = owners.get(party.organization_id or 0)
        if owner is not None and (step in CONFIRMS or step == DECLINES):
            decide_party(party, is_accepted=step in CONFIRMS, actor=owner, now=now)


def _parties(keeper: Organization, partners: Sequence[Organization]) -> Iterator[Party]:
    """The first organization of each type but the keeper's."""
    seen = {keeper.type_code}
    for row in partners:
        if row.type_code not in seen:
            seen.add(row.type_code)
            yield Party(ROLES.get(row.type_code, PartyRole.PARTNER).value, organization=row.key)


def _fields(keeper: Organization, parties: tuple[Party, ...]) -> PledgeFields:
    words = read("pledges")["umbrella"]
    brought = (Contribution.FINANCIAL, Contribution.TECHNICAL, Contribution.POLICY)
    goal = Goal(
        statement=words["goal"],
        baseline=Decimal(0),
        baseline_year=STARTS.year - 1,
        target=Decimal(words["target"]),
        unit=words["unit"],
        due_on=ENDS,
        means=words["means"],
    )
    return PledgeFields(
        country=keeper.country,
        external_id=words["number"],
        forum=str(STARTS.year - 1),
        title=words["title"],
        description=words["description"],
        stage=ReportedStage.IN_PROGRESS.value,
        outcomes=tuple(Outcome.values),
        frame=Frame(
            pledge_kind=PledgeKind.UMBRELLA.value,
            contributions=tuple(each.value for each in brought),
            starts_on=STARTS,
            ends_on=ENDS,
        ),
        parties=parties,
        goals=(goal,),
    )
