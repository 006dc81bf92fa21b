"""Who may do what in the follow-up: it follows from the seats of the day, never from a group."""

from datetime import date

from portal.common.actors import Actor
from portal.followup.models import Body
from portal.followup.queries import seats_of, seats_on


def may_follow_up(actor: Actor, day: date) -> bool:
    """Come into the room of the follow-up: whoever acts on a seat."""
    return actor.is_system or seats_of(actor, day).exists()


def may_run_cycles(actor: Actor, day: date) -> bool:
    """Open, freeze and close review cycles."""
    return actor.is_system or seats_of(actor, day).filter(body__runs_cycles=True).exists()


def may_contact(actor: Actor, day: date) -> bool:
    """Write and read notes of contacts. The system writes none: a note bears a name."""
    return actor.is_person and may_run_cycles(actor, day)


def may_assess(actor: Actor, day: date) -> bool:
    return seats_of(actor, day).filter(body__may_assess=True).exists()


def seat_is_anothers(actor: Actor, body: Body | None, organization_id: int, day: date) -> bool:
    """Whether all seats of the organization in the body are that day those of other, named people."""
    seats = seats_on(day).filter(body=body, organization=organization_id)
    people = list(seats.values_list("person_id", flat=True)) if body else []
    return bool(people) and None not in people and actor.user_id not in people
