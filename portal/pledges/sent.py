"""The content of a pledge's receipt, and how it is read; its type names these functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.common.countries import country_name
from portal.common.formatting import day, number
from portal.common.reviews import Field, Link, Reader
from portal.interventions.models import Intervention
from portal.plan.queries import titles
from portal.pledges.enums import ASKERS, Contribution, PartyRole, PlaceRole, PledgeKind, ReportedStage
from portal.pledges.models import Pledge
from portal.pledges.parts import figure, goal_of
from portal.pledges.queries import Linked
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, titled
from portal.submissions.contents import COUNTRY, LANGUAGE, MARKS, NAME, TITLE, identity
from portal.submissions.cuts import told_contents
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.taxonomy.enums import Outcome


def sent(pledge: Pledge, related: Linked) -> dict[str, object]:
    """What a receipt's digest is made of; what need not be said is in it where it is."""
    told = {
        "pledge_kind": "" if pledge.pledge_kind == PledgeKind.INDIVIDUAL else str(pledge.pledge_kind),
        "part_of": str(pledge.part_of.key) if pledge.part_of else "",
        "contributions": list(pledge.contributions),
        "needs": list(pledge.needs),
        "starts_on": pledge.starts_on.isoformat() if pledge.starts_on else "",
        "ends_on": pledge.ends_on.isoformat() if pledge.ends_on else "",
        "money": f"{figure(pledge.amount)} {pledge.currency}" if pledge.amount is not None else "",
        "numbers": list(related.numbers),
        "places": [[place.country, place.role] for place in related.places],
        "parties": [[party.name, party.role] for party in related.parties if party.state not in ASKERS],
        "goals": [goal.as_json() for goal in related.goals],
        "actions": [link.target for link in related.links if link.relation == Relation.CARRIES_OUT],
        "recommendations": [link.target for link in related.links if link.relation == Relation.TAKES_UP],
        "change_reason": pledge.change_reason,
    }
    return {
        **identity(pledge),
        "external_id": pledge.external_id,
        "forum": pledge.forum,
        "stage": str(pledge.stage),
        "description": pledge.description,
        "outcomes": list(related.outcomes),
        "interventions": [str(key) for key in related.sources],
        **{name: value for name, value in told.items() if value},
    }


def _stage(code: str) -> object:
    return dict(ReportedStage.choices).get(code, code)


def _words(choices: Sequence[tuple[str, Any]]) -> Any:
    """Reads one code, or several, of a closed list."""

    def words(codes: str | Sequence[str]) -> str:
        labels = dict(choices)
        rows = [codes] if isinstance(codes, str) else codes
        return " · ".join(str(labels.get(code, code)) for code in rows)

    return words


def _pairs(choices: Sequence[tuple[str, Any]], name: Any = str) -> Any:
    def words(pairs: Sequence[Sequence[str]]) -> str:
        labels = dict(choices)
        return " · ".join(f"{name(what)} ({labels.get(role, role)})" for what, role in pairs)

    return words


def _goals(rows: Sequence[Mapping[str, Any]]) -> str:
    return " · ".join(goal_in_words(row) for row in rows)


def goal_in_words(told: Mapping[str, Any]) -> str:
    """The goal, from where it starts and where it leads, on one line."""
    goal = goal_of(told)
    if goal.target is None:
        return goal.statement
    values = {"baseline": _written(goal.baseline), "target": _written(goal.target), "unit": goal.unit}
    if goal.baseline is None:
        return f"{goal.statement}: " + gettext("%(target)s %(unit)s") % values
    return f"{goal.statement}: " + gettext("from %(baseline)s to %(target)s %(unit)s") % values


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso)) if iso else ""


def _money(told: str) -> str:
    """`25000.5 GTQ` as people write it."""
    amount, _space, currency = told.partition(" ")
    return f"{number(float(amount))} {currency}".strip() if amount else ""


def _written(value: Decimal | None) -> str:
    return "" if value is None else number(float(value))


def _actions(keys: Sequence[str], reader: Reader) -> tuple[Link, ...]:
    known = titles(reader.language) if keys else {}
    return tuple(Link(f"{key.partition(':')[2] or key} {known.get(key, '')}".strip()) for key in keys)


def _recommendations(keys: Sequence[str], reader: Reader) -> tuple[Link, ...]:
    return tuple(_public_links(RecordKind.RECOMMENDATION, keys, reader, is_numbered=True).values())


def _public_links(
    kind: str, keys: Sequence[str], reader: Reader, *, is_numbered: bool = False
) -> dict[str, Link]:
    """To public pages, by source key, with titles in the reader's language where there is a translation."""
    if not keys:
        return {}
    links = {}
    rows = Record.objects.filter(kind=kind, state=RecordState.PUBLISHED, source_key__in=keys).order_by("pk")
    for row in in_language(rows, reader.language):
        title, language = titled(row, reader.language)
        label = f"{row.public_id} {title}" if is_numbered else title
        links[str(row.source_key)] = Link(label, row.path(reader.language), language)
    return links


def _sources(keys: Sequence[str], reader: Reader) -> tuple[Link, ...]:
    """What is public to its page, else to its author's own; a moderator reads titles as they were submitted.

    Of what others have withdrawn nothing is told.
    """
    if reader.is_review:
        said = told_contents(submission_type("intervention"), keys)
        return tuple(Link(str(row["title"]), "", str(row["language"])) for row in said)
    public = _public_links(RecordKind.INTERVENTION, keys, reader)
    kept = Intervention.objects.filter(key__in=[key for key in keys if key not in public])
    rows = kept.exclude(state=SubmissionState.WITHDRAWN).only("title", "language", "key")
    address = submission_type("intervention").address
    own = {str(row.key): Link(str(row), address("detail", row.key), row.language) for row in rows}
    links = public | own
    return tuple(links[key] for key in keys if key in links)


def _umbrella(key: str, reader: Reader) -> tuple[Link, ...]:
    return tuple(_public_links(RecordKind.PLEDGE, [key] if key else [], reader).values())


FIELDS = (
    TITLE,
    NAME,
    Field("external_id", _("Number of the pledge")),
    Field("numbers", _("Numbers in other lists"), words="; ".join),
    Field("forum", _("Global Refugee Forum")),
    Field("pledge_kind", _("Kind of pledge"), words=_words(PledgeKind.choices)),
    Field("part_of", _("Part of"), links=_umbrella),
    Field("stage", _("Stage"), words=_stage),
    Field("parties", _("Other parties"), words=_pairs(PartyRole.choices)),
    COUNTRY,
    Field("places", _("Countries it concerns"), words=_pairs(PlaceRole.choices, country_name)),
    LANGUAGE,
    MARKS,
    Field("contributions", _("What the parties bring"), words=_words(Contribution.choices)),
    Field("needs", _("What the parties need from others"), words=_words(Contribution.choices)),
    Field("starts_on", _("First day"), words=_day),
    Field("ends_on", _("Last day"), words=_day),
    Field("money", _("Amount of money"), words=_money),
    Field("goals", _("Goals"), words=_goals),
    Field("outcomes", _("Outcomes it serves"), words=_words(Outcome.choices)),
    Field("actions", _("Actions of the plan it carries out"), links=_actions),
    Field("recommendations", _("Recommendations it takes up"), links=_recommendations),
    Field("interventions", _("Follows from"), links=_sources),
    Field("description", _("Description"), is_text=True),
    Field("change_reason", _("Why it is changed"), is_text=True),
)
