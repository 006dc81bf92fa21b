"""Force of support: who backed a recommendation among those who spoke on its area. Pure; all may call it.

The rule, per category of organization and once over all of them: nobody backed it = none; one organization =
one; all that spoke, at least three = consensus; at least half = many; the rest = some. A category of which
nobody spoke is shown all the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEAST_FOR_CONSENSUS = 3
ALL = ""


class Force(TextChoices):
    """From the weakest to the strongest; `NONE` also where nobody spoke."""

    NONE = "none", gettext_lazy("none heard")
    ONE = "one", gettext_lazy("one voice")
    SOME = "some", gettext_lazy("some")
    MANY = "many", gettext_lazy("many")
    CONSENSUS = "consensus", gettext_lazy("consensus")


@dataclass(frozen=True, slots=True)
class Support:
    """Of one category (empty: of all): how many backed it, of how many that spoke; `is_set` by an editor."""

    category: str
    backed: int
    spoke: int
    force: Force
    is_set: bool = False


def force_of(backed: int, spoke: int) -> Force:
    """`backed` organizations of the `spoke` that spoke on the area."""
    if backed == 0:
        return Force.NONE
    if backed == 1:
        return Force.ONE
    if backed == spoke and spoke >= LEAST_FOR_CONSENSUS:
        return Force.CONSENSUS
    return Force.MANY if 2 * backed >= spoke else Force.SOME


def supports(
    spoke: Mapping[str, Collection[object]],
    backed: Collection[object],
    categories: Collection[str],
    chosen: Mapping[str, Force] | None = None,
) -> tuple[Support, ...]:
    """First of all organizations together, then of each category in its order.

    `spoke` holds the organizations that spoke on the area by category; whoever backed it without having
    spoken there is not counted. `chosen` are the forces that an editor set, by category.
    """
    chosen, backers = chosen or {}, set(backed)
    everybody = {ALL: {each for members in spoke.values() for each in members}}
    groups = everybody | {code: set(spoke.get(code, ())) for code in categories}
    return tuple(_support(code, members, backers, chosen.get(code)) for code, members in groups.items())


def _support(code: str, members: set[object], backers: set[object], chosen: Force | None) -> Support:
    backed, spoke = len(members & backers), len(members)
    return Support(code, backed, spoke, chosen or force_of(backed, spoke), chosen is not None)


def called(row: Support) -> str:
    """The force in words; that nobody backs it is not that nobody was heard."""
    if row.force != Force.NONE or row.is_set:
        return str(row.force.label)
    return _("none of them supports it") if row.spoke else _("nobody spoke")


def written(rows: Collection[Support]) -> str:
    """As the ledger keeps it and files tell it: `all=9/14:many state=3/3:consensus`; `!` where set.

    A category of which nobody spoke is left out, unless an editor set its force.
    """
    return " ".join(
        f"{row.category or 'all'}={row.backed}/{row.spoke}:{row.force.value}{'!' if row.is_set else ''}"
        for row in rows
        if row.spoke or row.is_set or row.category == ALL
    )


def read(text: str) -> tuple[Support, ...]:
    """The rows that `written` wrote."""
    return tuple(_read_one(part) for part in text.split())


def _read_one(part: str) -> Support:
    code, _equals, rest = part.partition("=")
    numbers, _colon, force = rest.partition(":")
    backed, _stroke, spoke = numbers.partition("/")
    category = ALL if code == "all" else code
    return Support(category, int(backed), int(spoke), Force(force.rstrip("!")), force.endswith("!"))
