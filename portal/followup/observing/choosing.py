"""What an observation is about, and for whom, before there is a draft; the type calls it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.languages import DEFAULT
from portal.followup.cycles.domain import cycle_at
from portal.followup.enums import BodyKind, CycleState
from portal.followup.models import Body, Observation, ReviewCycle, Seat
from portal.followup.observing.drafts import INVOLVED, NO_CYCLE, NOT_FOR_ALL, ObservationFields
from portal.followup.observing.involved import belongs_to_involved, involved
from portal.followup.observing.subjects import OPEN_TO_ALL, Subject, subject_named, subject_of
from portal.followup.queries import seats_of
from portal.organizations.models import Organization
from portal.organizations.queries import writable_organizations
from portal.submissions.types import Start

CHOOSE = "followup/desk/choose_observed.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, what that names in public, and the observatory's bodies by organization."""

    typed: str
    subject: Subject | None
    bodies: dict[int, Body]
    is_open: bool


def may_write(actor: Actor) -> bool:
    """While a cycle is open, on a seat of the observatory, or where something was written. One query."""
    own = writable_organizations(actor).order_by()
    seats = seats_in_observatories(actor, timezone.now().date())
    wanted = Q(pk__in=seats.order_by().values("organization"))
    wanted |= Q(pk__in=Observation.objects.order_by().values("organization"))
    return own.filter(wanted | Exists(ReviewCycle.objects.filter(state=CycleState.OPEN))).exists()


def start(query: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?subject=` is a number or the key of an action; where it cannot be observed a page says why."""
    asked = _asked(query, actor)
    subject = asked.subject
    able = _able(organizations, asked)
    refusal = _refusal(asked, actor, able)
    if subject is None or refusal:
        return _instead(organizations, asked, refusal)
    language = get_language() or DEFAULT
    return Start(
        able,
        fields=lambda organization: ObservationFields(
            subject=subject, body=asked.bodies.get(organization.pk)
        ),
        context=lambda: {"subject": subject, "about": subject.link(language), "notes": bool(asked.bodies)},
    )


def above(observation: Observation) -> dict[str, Any]:
    """Inputs of `followup/desk/before_observation.html`. Three queries at most."""
    subject = subject_of(observation)
    body, language = observation.body, get_language() or DEFAULT
    return {
        "subject": subject,
        "about": subject.link(language) if subject else None,
        "body_title": body.title(language) if body else "",
    }


def seats_in_observatories(actor: Actor, day: date) -> QuerySet[Seat]:
    """On which the actor may take notes that day."""
    return seats_of(actor, day).filter(body__kind=BodyKind.OBSERVATORY)


def _asked(query: QueryDict, actor: Actor) -> Asked:
    typed = query.get("subject", "").strip()
    now = timezone.now()
    bodies = {row.organization_id: row.body for row in reversed(seats_in_observatories(actor, now.date()))}
    is_open = bool(cycle_at(now))
    return Asked(typed, subject_named(typed) if typed else None, bodies, is_open)


def _able(organizations: QuerySet[Organization], asked: Asked) -> QuerySet[Organization]:
    """Those that may observe it today: everybody while a cycle is open, else the observatory; no party."""
    subject = asked.subject
    if subject is None:
        return organizations.none()
    if subject.kind not in OPEN_TO_ALL or not asked.is_open:
        organizations = organizations.filter(pk__in=asked.bodies)
    return organizations.exclude(pk__in=involved(subject).values("pk"))


def _refusal(asked: Asked, actor: Actor, able: QuerySet[Organization]) -> object:
    """Why there is no draft, in words; empty where nothing was asked yet."""
    subject = asked.subject
    if subject is None:
        return _("Nothing public has this number or key.") if asked.typed else _closed(asked)
    if subject.kind not in OPEN_TO_ALL and not asked.bodies:
        return NOT_FOR_ALL
    if not asked.bodies and not asked.is_open:
        return NO_CYCLE
    return INVOLVED if belongs_to_involved(actor, subject) or not able else ""


def _closed(asked: Asked) -> object:
    return "" if asked.is_open or asked.bodies else NO_CYCLE


def _instead(organizations: QuerySet[Organization], asked: Asked, refusal: object) -> Start:
    return Start(
        organizations,
        fields=lambda organization: ObservationFields(),
        context=lambda: {"typed": asked.typed, "refusal": refusal, "notes": bool(asked.bodies)},
        instead=CHOOSE,
    )
