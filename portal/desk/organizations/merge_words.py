"""Two organizations beside each other, and what moved between them, in words; views ask."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.common.formatting import day
from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.organizations.merging.parts import Part, Side, parts
from portal.organizations.merging.queries import going_along, numbers_of
from portal.organizations.models import Merge, Organization
from portal.organizations.states import MERGE_STATES, STATES
from portal.taxonomy.queries import organization_type_names


def heads(sides: Iterable[Side]) -> list[dict[str, Any]]:
    """Number, name and language of each, and where its public page is."""
    language = get_language() or DEFAULT
    return [
        {
            "number": side.record.public_id if side.record else _("no public number"),
            "url": side.record.path(language) if side.record else "",
            "organization": side.organization,
            "called": side.record.public_id if side.record else side.organization.name,
            "called_lang": "" if side.record else side.organization.language,
            "state": STATES[side.organization.state],
            "label": STATES.label(side.organization.state),
        }
        for side in sides
    ]


def beside(one: Organization, other: Organization) -> list[dict[str, Any]]:
    """What either says, a row for each thing; `differs` where they do not say the same. Three queries."""
    told = zip(_told(one), _told(other), strict=True)
    return [
        {"term": term, "values": [left, right], "differs": left != right}
        for (term, left), (_same, right) in told
        if left or right
    ]


def numbers(one: Side, other: Side) -> list[dict[str, Any]]:
    """How many rows of each kind either has, where one has any."""
    left, right = numbers_of(one), numbers_of(other)
    return [
        {"term": part.label, "values": [left.get(part.relation, 0), right.get(part.relation, 0)]}
        for part in going_along()
        if part.relation in left or part.relation in right
    ]


def moved(merge: Merge) -> list[dict[str, Any]]:
    """Facts of `components/summary_table.html`: how many rows of each kind moved."""
    return [
        {"term": part.label, "value": str(merge.moved[part.relation])}
        for part in going_along()
        if part.relation in merge.moved
    ]


def left(merge: Merge) -> list[dict[str, Any]]:
    """The same of what could not be put back, by table."""
    labels: Mapping[str, Part] = {part.model._meta.label_lower: part for part in reversed(parts())}
    return [
        {"term": labels[table].label if table in labels else table, "value": str(number)}
        for table, number in merge.left.items()
    ]


def line(merge: Merge) -> dict[str, Any]:
    """A row of the list of merges."""
    who = merge.parted_by or merge.decided_by or merge.proposed_by
    when = merge.parted_at or merge.decided_at or merge.proposed_at
    return {
        "merge": merge,
        "state": MERGE_STATES[merge.state],
        "label": MERGE_STATES.label(merge.state),
        "meta": [day(when.date()), str(who) if who else ""],
    }


def course(merge: Merge) -> list[dict[str, Any]]:
    """Who said what when."""
    said = (
        (_("Proposed on"), merge.proposed_at, merge.proposed_by),
        (_("Decided on"), merge.decided_at, merge.decided_by),
        (_("Parted on"), merge.parted_at, merge.parted_by),
    )
    return [
        {"term": term, "value": " · ".join(filter(None, (day(when.date()), str(who or ""))))}
        for term, when, who in said
        if when
    ]


def _told(row: Organization) -> list[tuple[str, str]]:
    """One query for its members."""
    members = row.memberships.select_related("user").order_by("pk")
    types = organization_type_names(get_language() or DEFAULT)
    return [
        (_("Short name"), row.acronym),
        (_("Other names"), " · ".join([*row.dated_aliases, *row.names.values()])),
        (_("Type"), types.get(row.type_code, row.type_code)),
        (_("Country"), country_name(row.country) if row.country else ""),
        (_("Language"), str(LANGUAGE_NAMES.get(row.language, ""))),
        (_("Website"), row.website),
        (_("What it does"), row.description),
        (_("At risk"), _("yes") if row.is_at_risk else ""),
        (_("Members"), " · ".join(f"{each.user} ({each.get_role_display()})" for each in members)),
        (_("Registered"), day(row.created_at.date())),
    ]
