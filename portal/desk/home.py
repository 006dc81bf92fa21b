"""What the desk's first page shows: a person's organizations and what they wrote. Its view calls it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.actors import Actor
from portal.common.collation import alphabetical
from portal.common.desk_duties import PATIENCE, Asker, DeskCard, Duty, cards_for, most_urgent
from portal.common.formatting import moment
from portal.desk.asked import claimed, joining
from portal.desk.choices import Choice, choices
from portal.desk.items import Item
from portal.organizations import rules
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import appeal_waits, organizations_of, with_appeal, with_role
from portal.organizations.states import STATES
from portal.organizations.verifying.yearly import DAYS, lapses_on
from portal.submissions import rules as submission_rules
from portal.submissions.deadline_words import brief
from portal.submissions.deadlines import Deadline, any_shut
from portal.submissions.models import Submission
from portal.submissions.queries import of_organizations
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType, start_address, starting_from, submission_types

LIMIT = 100
RESTING = (OrganizationState.SUSPENDED, OrganizationState.LAPSED)
NEXT = 5
# Days in which one would look at what came back.
WITHIN_RETURNED = 7
# What its people do before the secretariat goes on.
OWED = {
    OrganizationState.DRAFT: gettext_lazy("Submit the profile to the secretariat"),
    OrganizationState.INFO_REQUESTED: gettext_lazy("Say what the secretariat asks for"),
    OrganizationState.DECLINED: gettext_lazy("Read why it was declined, and correct it or appeal"),
}


@dataclass(frozen=True, slots=True)
class Room:
    """What an organization has written of one type, where to start another one, and what to go on with."""

    of: SubmissionType
    items: list[Item]
    new_url: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """`next`: what is asked of the person, most urgent first, at most `NEXT` of `asked` things.

    `cards` are the rooms. `choices`: whom one may act for, where there are several. `can_write`: for at
    least one organization. `told`: why none of them may submit now, or that one only reads there, or empty.
    `joins`: requests to join that wait or were declined. `must_register`: the person holds nothing, neither
    an organization nor a task of the staff, and waits for none; `must_wait`: there is one to wait for.
    """

    next: list[Duty]
    asked: int
    cards: list[DeskCard]
    organizations: list[Item]
    claims: list[Item]
    joins: list[Item]
    rooms: list[Room]
    can_write: bool
    told: str
    must_register: bool
    must_wait: bool
    choices: list[Choice]
    today: date

    @property
    def must_choose(self) -> bool:
        """Several organizations and none of them chosen, also where one has left the chosen one."""
        return bool(self.choices) and not any(choice.is_chosen for choice in self.choices)


def home_of(actor: Actor, language: str, now: datetime) -> Home:
    """Four queries, one for each type, those of its deadlines where something can be submitted, and what the
    cards cost, whatever the number of lines.

    At most 100 lines of a type, last saved first.
    """
    rows = list(
        with_appeal(with_role(organizations_of(actor), actor, "pk")).order_by(
            alphabetical("name", language), "pk"
        )
    )
    rooms = [_room(of, actor, now) for of in submission_types() if of.is_offered(actor)]
    cards = cards_for(Asker(actor, language, now, is_member=bool(rows)))
    standing = [duty for row in rows for duty in _standing(actor, row, now.date())]
    duties = most_urgent(
        (
            *standing,
            *(duty for card in cards for duty in card.duties),
            *(duty for room in rooms for duty in room.duties),
        ),
        now.date(),
    )
    claims, joins = claimed(actor), joining(actor, now)
    can_write = any(rules.may_write_for(actor, row) for row in rows)
    waits = any(row.waits for row in (*claims, *joins))
    return Home(
        next=duties[:NEXT],
        asked=len(standing) + sum(card.number or 0 for card in cards) + sum(len(r.duties) for r in rooms),
        cards=cards,
        organizations=[_organization(actor, row) for row in rows],
        claims=claims,
        joins=joins,
        rooms=rooms,
        can_write=can_write,
        told=_told({row.state for row in rows}, can_write=can_write) if rows else "",
        must_register=not rows and not actor.groups and not waits,
        must_wait=not rows and waits,
        choices=choices(rows, actor) if len(rows) > 1 else [],
        today=now.date(),
    )


def _told(states: set[str], *, can_write: bool) -> str:
    """Of one's organizations, by their states: why nothing can be submitted, or that one only reads."""
    if not can_write:
        return _("You only read here: your role lets you write for none of your organizations. Ask an owner.")
    if OrganizationState.VERIFIED in states:
        return ""
    if states - {*RESTING}:
        return _(
            "Until the secretariat has verified your organization you can write and save; only submitting "
            "has to wait."
        )
    if OrganizationState.LAPSED in states:
        return _("Once the profile is confirmed you can submit again. Until then you can write and save.")
    return _("While your organization is suspended you can write and save, but submit nothing.")


def _standing(actor: Actor, row: Organization, today: date) -> list[Duty]:
    """What the verification of an organization asks of who speaks for it: at most one thing."""
    url, meta = reverse("organizations:detail", args=[row.key]), (str(row.get_country_display()),)
    if row.state in OWED and rules.can_submit(actor, row) and not appeal_waits(row):
        since = (row.decided_at or row.created_at).date()
        todo = OWED[OrganizationState(row.state)]
        return [Duty(row.name, url, todo, meta, row.language, since=since, within=WITHIN_RETURNED)]
    if rules.can_confirm(actor, row) and (lapses_on(row) - today).days <= DAYS[0]:
        return [Duty(row.name, url, _("Confirm the profile"), meta, row.language, due=lapses_on(row))]
    return []


def _organization(actor: Actor, row: Organization) -> Item:
    state, todo = STATES[row.state], ""
    if rules.can_submit(actor, row) or state.is_waiting or row.state in RESTING:
        todo = str(state.next_step)
    can_submit = rules.can_submit(actor, row) and not appeal_waits(row)
    return Item(
        title=row.name,
        url=reverse("organizations:detail", args=[row.key]),
        lang=row.language,
        meta=[str(row.get_country_display())],
        state=STATES.label(row.state),
        tone=state.tone,
        todo=todo,
        todo_url=reverse("organizations:profile", args=[row.key])
        if can_submit
        else reverse("organizations:detail", args=[row.key])
        if rules.can_confirm(actor, row) and row.state == OrganizationState.LAPSED
        else "",
    )


def _room(of: SubmissionType, actor: Actor, now: datetime) -> Room:
    rows = list(of_organizations(of.model, actor)[:LIMIT])
    deadlines = of.deadlines([row for row in rows if of.states[row.state].is_editable], now)
    items = [_written(of, row, actor, deadlines.get(row.key, ())) for row in rows]
    duties = tuple(
        _duty(of, row, item, deadlines.get(row.key, ()))
        for row, item in zip(rows, items, strict=True)
        if _is_asked(of, row, item, deadlines.get(row.key, ()))
    )
    return Room(of, items, of.address("new"), duties)


def _is_asked(of: SubmissionType, row: Submission, item: Item, deadlines: Sequence[Deadline]) -> bool:
    """Somebody began it, or it came back: it is not with the secretariat, and can still go there."""
    return of.states[row.state].is_editable and bool(item.todo_url) and not any_shut(deadlines)


def _duty(of: SubmissionType, row: Submission, item: Item, deadlines: Sequence[Deadline]) -> Duty:
    """Due on the last day of its first deadline, where that is more urgent than how long it waits."""
    is_returned = row.state == SubmissionState.RETURNED
    since = row.decided_at if is_returned and row.decided_at else row.updated_at
    duty = Duty(
        item.title,
        item.todo_url,
        item.todo,
        (str(of.label), row.organization.name),
        lang=item.lang,
        since=since.date(),
        within=WITHIN_RETURNED if is_returned else PATIENCE,
    )
    due = min((day for each in deadlines if (day := each.last_day)), default=None)
    return replace(duty, due=due) if due and due < duty.rank else duty


def _written(of: SubmissionType, row: Submission, actor: Actor, deadlines: Sequence[Deadline]) -> Item:
    todo, todo_url = _next_step(of, row, actor)
    return Item(
        title=row.title or _("Untitled"),
        url=of.address("detail", row.key),
        lang=row.language if row.title else "",
        meta=[
            row.organization.name,
            *map(str, of.brief(row)),
            *brief(deadlines),
            _("saved at %(time)s") % {"time": moment(row.updated_at)},
        ],
        state=of.state_label(row),
        tone=of.states[row.state].tone,
        todo=todo,
        todo_url=todo_url,
    )


def _next_step(of: SubmissionType, row: Submission, actor: Actor) -> tuple[str, str]:
    """What its state says; of something public, what can start from it, of several the one furthest along the
    trace. To do only for who may do it."""
    state = of.states[row.state]
    may_write = submission_rules.may_write_for(actor, row)
    if state.is_public and may_write:
        for other in reversed(starting_from(of.kind)):
            return str(other.phrases.link), start_address(other, of.kind, row.key)
    if state.is_editable:
        return (str(state.next_step), of.address("detail", row.key)) if may_write else ("", "")
    return str(state.next_step), ""
