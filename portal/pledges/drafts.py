"""What is written in a pledge and whether it is ready; forms, views and domain verbs use it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.common.amounts import is_percentage
from portal.common.countries import COUNTRIES
from portal.common.currencies import CURRENCIES
from portal.common.errors import Problem
from portal.common.phrases import over_length
from portal.pledges.enums import (
    FORUMS,
    Contribution,
    Disaggregation,
    PartyRole,
    PlaceRole,
    PledgeKind,
    ReportedStage,
)
from portal.pledges.models import Pledge
from portal.pledges.numbers import is_readable, normal_number
from portal.pledges.parts import Goal, Party, Place
from portal.pledges.queries import Linked, has_members, numbers_taken
from portal.submissions.drafts import DraftFields, unstorable_basics
from portal.taxonomy.enums import Outcome

MAX_EXTERNAL_ID = 40
MAX_DESCRIPTION_WORDS = 600
MAX_NAME, MAX_LINE, MAX_UNIT = 200, 300, 60
MAX_PLACES, MAX_PARTIES, MAX_GOALS, MAX_NUMBERS = 20, 40, 8, 5
TWO_WAYS = _("“%(typed)s” can be read in two ways. Write it without a sign between thousands, such as 1500.")
NUMBER_TAKEN = _("A pledge with this number is here already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What kind of pledge it is, when it runs and what it brings; saved as a whole."""

    pledge_kind: str = PledgeKind.INDIVIDUAL.value
    contributions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    numbers: tuple[str, ...] = ()
    part_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFields(DraftFields):
    external_id: str | None = None
    forum: str | None = None
    description: str | None = None
    stage: str | None = None
    change_reason: str | None = None
    outcomes: tuple[str, ...] | None = None
    intervention_keys: tuple[UUID, ...] | None = None
    frame: Frame | None = None
    places: tuple[Place, ...] | None = None
    parties: tuple[Party, ...] | None = None
    goals: tuple[Goal, ...] | None = None
    actions: tuple[str, ...] | None = None
    recommendations: tuple[UUID, ...] | None = None


def unstorable(pledge: Pledge, fields: PledgeFields) -> list[Problem]:
    """What does not fit the tables; forms catch it at the field."""
    allowed = {"forum": {"", *FORUMS}, "stage": set(ReportedStage.values)}
    problems = unstorable_basics(fields)
    problems += [
        Problem(name, _("Choose one of the list."))
        for name, values in allowed.items()
        if (value := getattr(fields, name)) is not None and value not in values
    ]
    number = normal_number(fields.external_id or "")
    problems += number_problems("external_id", number, pledge, is_new=number != pledge.external_id)
    if set(fields.outcomes or ()) - set(Outcome.values):
        problems.append(Problem("outcomes", _("Choose one of the list.")))
    problems += frame_problems(fields.frame or Frame())
    if fields.frame is not None:
        problems += numbers_problems(pledge, fields.frame) + umbrella_problems(pledge, fields.frame)
    problems += [problem for place in fields.places or () for problem in place_problems(place)]
    problems += [problem for party in fields.parties or () for problem in party_problems(party)]
    return problems + [problem for goal in fields.goals or () for problem in goal_problems(goal)]


def number_problems(field: str, number: str, pledge: Pledge, *, is_new: bool = True) -> list[Problem]:
    """What keeps the number, in its normal form, from being one of the pledge's."""
    if len(number) > MAX_EXTERNAL_ID:
        return [Problem(field, _("Shorten the pledge number."))]
    if not is_readable(number):
        return [Problem(field, _("Write the number with Latin letters and figures."))]
    is_taken = is_new and number and numbers_taken([number], but=pledge.pk or 0)
    return [Problem(field, NUMBER_TAKEN)] if is_taken else []


def numbers_problems(pledge: Pledge, frame: Frame) -> list[Problem]:
    """Of the numbers in other lists; one problem at most."""
    if len(frame.numbers) > MAX_NUMBERS:
        return [Problem("numbers", _("Shorten the pledge number."))]
    rows = (number_problems("numbers", number, pledge) for number in frame.numbers)
    return next((problems for problems in rows if problems), [])


def umbrella_problems(pledge: Pledge, frame: Frame) -> list[Problem]:
    """An umbrella pledge stands below none, and stays one while others are part of it."""
    if frame.pledge_kind == PledgeKind.UMBRELLA:
        told = _("An umbrella pledge is part of no other pledge.")
        return [Problem("part_of", told)] if frame.part_of else []
    if pledge.pledge_kind == PledgeKind.UMBRELLA and pledge.pk and has_members(pledge):
        return [Problem("pledge_kind", _("Public pledges are part of it: it stays an umbrella pledge."))]
    return []


def taken_problems(pledge: Pledge, related: Linked) -> list[Problem]:
    """What another one has published or submitted since the number was written down here."""
    rows = [("external_id", pledge.external_id), *(("numbers", number) for number in related.numbers)]
    taken = numbers_taken({number for _field, number in rows if number}, but=pledge.pk)
    return [Problem(field, NUMBER_TAKEN) for field, number in rows if number in taken]


def frame_problems(frame: Frame) -> list[Problem]:
    """Dates that turn round, money without a currency, words that no list has."""
    problems = []
    if frame.starts_on and frame.ends_on and frame.ends_on < frame.starts_on:
        problems.append(Problem("ends_on", _("The last day is before the first day.")))
    if frame.amount is not None and frame.amount < 0:
        problems.append(Problem("amount", _("Enter an amount above zero.")))
    if frame.amount is not None and frame.currency not in CURRENCIES:
        problems.append(Problem("currency", _("Say in which currency the amount is.")))
    if frame.pledge_kind not in PledgeKind.values:
        problems.append(Problem("pledge_kind", _("Choose one of the list.")))
    problems += [
        Problem(name, _("Choose one of the list."))
        for name in ("contributions", "needs")
        if {*getattr(frame, name)} - {*Contribution.values}
    ]
    return problems


def place_problems(place: Place) -> list[Problem]:
    problems = []
    if place.country not in COUNTRIES:
        problems.append(Problem("country", _("Choose a country of the list.")))
    if place.role not in PlaceRole.values:
        problems.append(Problem("role", _("Say what the country is to the pledge.")))
    return problems


def party_problems(party: Party) -> list[Problem]:
    problems = []
    if not (party.name or party.organization):
        problems.append(Problem("name", _("Give the party a name.")))
    if len(party.name) > MAX_NAME:
        problems.append(Problem("name", _("Shorten the name.")))
    if party.role not in PartyRole.values:
        problems.append(Problem("role", _("Say which part the party has.")))
    return problems


def goal_problems(goal: Goal) -> list[Problem]:
    """A target needs its unit, a share its measure."""
    problems = []
    if not goal.statement:
        problems.append(Problem("statement", _("Say what is to be true at the end.")))
    if (goal.target is not None or goal.baseline is not None) and not goal.unit:
        problems.append(Problem("unit", _("Say in which unit: people, days, per cent.")))
    problems += [
        Problem(name, _("Write a figure that is not below zero."))
        for name in ("baseline", "target")
        if (value := getattr(goal, name)) is not None and value < 0
    ]
    if is_percentage(goal.unit):
        problems += [
            Problem(name, _("A percentage lies between 0 and 100."))
            for name in ("baseline", "target")
            if (value := getattr(goal, name)) is not None and not 0 <= value <= 100
        ]
    limits = {"statement": MAX_LINE, "no_baseline_because": MAX_LINE, "means": MAX_LINE, "unit": MAX_UNIT}
    problems += [
        Problem(name, _("Shorten this."))
        for name, limit in limits.items()
        if len(getattr(goal, name)) > limit
    ]
    if set(goal.disaggregations) - set(Disaggregation.values):
        problems.append(Problem("disaggregations", _("Choose one of the list.")))
    return problems


def pledge_problems(pledge: Pledge) -> list[Problem]:
    """What is to correct in the pledge itself."""
    needed = {
        "external_id": _("Enter the number of the pledge."),
        "forum": _("Say at which forum the pledge was made."),
        "title": _("Give the pledge a title."),
        "description": _("Say what was pledged."),
        "country": _("Say in which country the pledge is carried out."),
    }
    problems = [Problem(name, text) for name, text in needed.items() if not getattr(pledge, name).strip()]
    if (over := len(pledge.description.split()) - MAX_DESCRIPTION_WORDS) > 0:
        text = ngettext_lazy(
            "Shorten the description by %(over)d word.", "Shorten the description by %(over)d words.", over
        )
        problems.append(Problem("description", text % {"over": over}))
    elif told := over_length(pledge.description, MAX_DESCRIPTION_WORDS):
        problems.append(Problem("description", told))
    return problems


def link_problems(outcomes: Collection[str]) -> list[Problem]:
    if outcomes:
        return []
    return [Problem("outcomes", _("Choose at least one outcome that the pledge serves."))]


def has_frame(pledge: Pledge, related: Linked) -> bool:
    """Whether anything is said of kind, dates and what is brought."""
    told = (
        pledge.contributions,
        pledge.needs,
        pledge.starts_on,
        pledge.ends_on,
        pledge.currency,
        pledge.part_of_id,
    )
    return pledge.pledge_kind != PledgeKind.INDIVIDUAL or any((*told, related.numbers))
