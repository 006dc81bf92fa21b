"""Who has reported of whom, by type of organization and by country; stage beside evidence."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.followup.pack.held import Held, Row
from portal.followup.pack.view import View
from portal.followup.pack.words import NONE, amount, part_of
from portal.pdf.parts import Cell, Section, Table, Text
from portal.pledges import facts
from portal.pledges.enums import EvidenceTier, ReportedStage

# The tier of what nobody has reported on.
SILENT = ""


def reported(view: View) -> Section:
    tables = [_by(view.held, _("By country"), _("Country"), _country)]
    if any("organization_type" in row for row in view.held.pledges):
        tables.insert(
            0, _by(view.held, _("By type of organization"), _("Type of organization"), _type(view.types))
        )
    return Section(
        "reported",
        _("Who has reported"),
        (
            Text(
                _(
                    "Pledges with a report of this cycle. The first number is among the pledges that are "
                    "still to be fulfilled, the second among all, those that are claimed as fulfilled "
                    "included."
                )
            ),
            Text(_organizations(view.held)),
            *tables,
        ),
    )


def evidence(view: View) -> Section:
    return Section(
        "evidence",
        _("Stage and evidence"),
        (
            Text(
                _(
                    "The stage is what the parties say. The evidence is the best that reports of this stage "
                    "show, so that a pledge stands in one cell only."
                )
            ),
            _stages(view.held),
        ),
    )


def _organizations(held: Held) -> str:
    asked = {row["organization"] for row in held.active if row["organization"]}
    heard = {row["organization"] for row in held.active if row["id"] in held.heard} & asked
    told = _(
        "Organizations with a pledge that is still to be fulfilled: %(part)s have reported in this cycle."
    )
    return told % {"part": part_of(heard, asked).text}


def _by(held: Held, caption: str, header: str, name: Callable[[Row], str]) -> Table:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in held.pledges:
        groups[name(row)].append(row)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return Table(
        caption,
        (header, _("Pledges"), _("Reported, of those still to be fulfilled"), _("Reported, of all")),
        tuple(_group(held, name, rows) for name, rows in [*ordered, (_("All"), held.pledges)]),
        (40, 12, 26, 22),
        frozenset({1, 2, 3}),
    )


def _group(held: Held, name: str, rows: list[Row]) -> tuple[Cell, ...]:
    wanted = {row["id"] for row in held.active}
    active = [row for row in rows if row["id"] in wanted]
    return Cell(name), amount(len(rows)), _heard(held, active), _heard(held, rows)


def _heard(held: Held, rows: list[Row]) -> Cell:
    return part_of([row for row in rows if row["id"] in held.heard], rows)


def _country(row: Row) -> str:
    return country_name(row["country"]) if row["country"] else NONE


def _type(types: dict[str, str]) -> Callable[[Row], str]:
    return lambda row: types.get(row.get("organization_type") or "", NONE)


def _stages(held: Held) -> Table:
    tiers = [SILENT, *EvidenceTier.values]
    return Table(
        _("Pledges by what their parties say and what they show for it"),
        (_("Stage"), _("No report"), *(str(tier.label) for tier in EvidenceTier), _("All")),
        tuple(
            (Cell(label), *_cells(_tiers(held, rows), tiers, len(rows))) for label, rows in _by_stage(held)
        ),
        (20, 11, *(14 for _tier in EvidenceTier), 10),
        frozenset(range(1, len(tiers) + 2)),
    )


def _by_stage(held: Held) -> list[tuple[str, list[Row]]]:
    stages = [
        (str(facts.CLAIMS[stage]), [row for row in held.pledges if row["stage"] == stage])
        for stage in ReportedStage
    ]
    return [*stages, (_("All"), held.pledges)]


def _tiers(held: Held, rows: Iterable[Row]) -> Counter[str]:
    return Counter(held.evidence(row) for row in rows)


def _cells(counted: Counter[str], tiers: list[str], whole: int) -> list[Cell]:
    return [*(amount(counted[tier]) for tier in tiers), amount(whole)]
