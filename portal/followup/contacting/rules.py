"""Who reads and writes contact notes: a seat in a body that runs cycles, never a party of the pledge."""

from datetime import date

from portal.common.actors import Actor
from portal.followup.assessing.parties import belongs_to_a_party
from portal.followup.assessing.subjects import Subject
from portal.followup.rules import may_contact
from portal.pledges.models import Pledge


def can_contact(actor: Actor, pledge: Pledge, day: date) -> bool:
    return may_contact(actor, day) and not belongs_to_a_party(actor, Subject(pledge))
