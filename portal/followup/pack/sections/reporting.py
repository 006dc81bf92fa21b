"""Who has reported of whom, by type of organization and by country; stage beside evidence."""

from collections import Counter
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.followup.pack.given import View
from portal.followup.pack.held import Held, Row
from portal.followup.pack.words import NONE, amount, part, part_of
from portal.followup.snapshots.turnout import Part, Turnout
from portal.pdf.parts import Cell, Section, Table, Text
from portal.pledges import facts
from portal.pledges.enums import EvidenceTier, ReportedStage

# The tier of what nobody has reported on.
SILENT = ""


def reported(view: View) -> Section:
    held = view.held
    tables = [_by(_("By country"), _("Country"), held.turnout("country"), _country)]
    if any("organization_type" in row for row in held.pledges):
        caption, header = _("By type of organization"), _("Type of organization")
        tables.insert(0, _by(caption, header, held.turnout(), _type(view.types)))
    return Section(
        "reported",
        _("Who has reported"),
        (
            Text(
                _(
                    "Pledges with a report of this cycle. The first number is among the pledges that are "
                    "asked, because their parties do not call them fulfilled or say so in a report of this "
                    "cycle; the second among all."
                )
            ),
            Text(_organizations(held)),
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


def _by(caption: str, header: str, turnout: Turnout, name: Callable[[str], str]) -> Table:
    named = [(name(code), part) for code, part in turnout.parts]
    ordered = sorted(in_order(named, lambda row: row[0]), key=lambda row: row[1].published, reverse=True)
    return Table(
        caption,
        (header, _("Pledges"), _("Reported, of those asked"), _("Reported, of all")),
        tuple(_group(*row) for row in [*ordered, (_("Total"), turnout.total)]),
        (40, 12, 26, 22),
        frozenset({1, 2, 3}),
    )


def _group(name: str, told: Part) -> tuple[Cell, ...]:
    of_asked, of_all = part(told.reported, told.asked), part(told.reported, told.published)
    return Cell(name), amount(told.published), of_asked, of_all


def _country(code: str) -> str:
    return country_name(code) if code else NONE


def _type(types: dict[str, str]) -> Callable[[str], str]:
    return lambda code: types.get(code, NONE)


def _stages(held: Held) -> Table:
    tiers = [SILENT, *EvidenceTier.values]
    return Table(
        _("Pledges by what their parties say and what they show for it"),
        (_("Stage"), _("No report"), *(str(tier.label) for tier in EvidenceTier), _("Total")),
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
    return [*stages, (_("Total"), held.pledges)]


def _tiers(held: Held, rows: Iterable[Row]) -> Counter[str]:
    return Counter(held.evidence(row) for row in rows)


def _cells(counted: Counter[str], tiers: list[str], whole: int) -> list[Cell]:
    return [*(amount(counted[tier]) for tier in tiers), amount(whole)]
