"""Progress reports as public records: what the public rooms show of them; `portal.records` reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.formatting import day, number
from portal.files.models import StoredFile
from portal.plan.filters import KEY
from portal.pledges import facts as pledge_facts
from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.pledges.filters import OfPledge
from portal.pledges.public_facts import rows_in
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import counted_once
from portal.publication.kinds import Edge
from portal.publication.models import Record
from portal.publication.queries import counted_by, keys_linking_to, published, with_link
from portal.records.filters import Choice, HiddenFilter, OrganizationNumber, Reader, RecordFilters, by_country
from portal.records.listing import organization_links
from portal.records.parts import linked
from portal.records.places import country_row
from portal.records.stages import Stage, with_unchanged
from portal.records.trace_links import link_to
from portal.records.types import Badge, Block, RecordType, Section, Shown
from portal.reports.columns import COLUMNS
from portal.reports.cycle_notes import cycle_links
from portal.reports.enums import Barrier, Enabler, Support

FACTOR_ROWS = (
    ("barriers", gettext_lazy("What stands in the way"), Barrier),
    ("enablers", gettext_lazy("What helps"), Enabler),
    ("support", gettext_lazy("What would help"), Support),
)
UNCHANGED = Q(facts__unchanged="yes")


@dataclass(frozen=True, slots=True)
class Paper:
    """The public copy of a paper, as the ledger tells of it."""

    sha256: str
    size: int
    path: str
    name: str


def paper_line(file: StoredFile) -> str:
    return f"{file.public_sha256} {file.public_size} {file.public_path} {file.name}"


def papers_of(record: Record) -> list[Paper]:
    lines = str(record.facts.get("papers", "")).splitlines()
    parts = [line.split(" ", 3) for line in lines]
    return [Paper(sha256, int(size), path, name) for sha256, size, path, name in parts]


def paper_address(record: Record, language: str, number: int) -> str:
    return f"{record.path(language)}evidence/{number}/"


def day_reported(record: Record) -> date | None:
    stated = str(record.facts.get("reported_on", ""))
    return date.fromisoformat(stated) if stated else None


def is_unchanged(record: Record) -> bool:
    return record.facts.get("unchanged") == "yes"


def cycle_of(record: Record) -> str:
    """The slug of the review cycle that it was submitted in; empty for none."""
    return str(record.facts.get("cycle", ""))


def stage_words(record: Record) -> Any:
    return pledge_facts.CLAIMS[pledge_facts.stage_of(record)]


def tier_of(record: Record) -> EvidenceTier:
    code = record.facts.get("tier", "")
    return EvidenceTier(code) if code in EvidenceTier.values else EvidenceTier.NONE


class PledgesOf(HiddenFilter):
    """The reports on all pledges that name a node of a plan, or an outcome."""

    def __init__(self, relation: str, pattern: str, description: str) -> None:
        super().__init__()
        self.relation, self.pattern, self.description = relation, pattern, description

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return with_link(qs, Relation.REPORTS_ON, keys_linking_to(self.relation, [value])) if value else qs


def years(reader: Reader) -> Iterable[tuple[str, str]]:
    """Those in which parties reported, the newest first. One query."""
    rows = sorted(counted_by(RecordKind.REPORT, "year"), reverse=True)
    return [(str(year), str(year)) for year in rows]


def telling(rows: QuerySet[Record], name: str, unchanged: str) -> QuerySet[Record]:
    """Those that say that nothing has changed, or all others."""
    return rows.filter(UNCHANGED if unchanged == "yes" else ~UNCHANGED)


def numbers_of(rows: QuerySet[Record]) -> tuple[int, int]:
    """How many reports there are, and how many of them say that nothing has changed. One query."""
    told = rows.order_by().aggregate(every=Count("pk"), unchanged=Count("pk", filter=UNCHANGED))
    return told["every"], told["unchanged"]


@counted_once
def numbers() -> tuple[int, int]:
    """The same of all reports."""
    return numbers_of(published(RecordKind.REPORT).select_related(None))


def counted_apart(every: int, unchanged: int) -> str:
    """All reports with their noun, and those that say that nothing has changed."""
    return with_unchanged(REPORT.counted(every) % {"number": number(every)}, unchanged, number(unchanged))


class CycleSlug(HiddenFilter):
    """The reports of one review cycle, by its slug."""

    pattern = r"[a-z0-9-]{1,60}"
    description = "Slug of a review cycle, such as grf-2027."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return qs.filter(facts__cycle=value) if value else qs


class ReportFilters(RecordFilters):
    stage = Choice(gettext_lazy("Stage"), choices=ReportedStage.choices, field_name="facts__stage")
    year = Choice(
        gettext_lazy("Year"),
        offered=years,
        field_name="year",
        pattern="[0-9]{4}",
        description="Year of the day that is reported.",
    )
    country = by_country()
    tier = Choice(gettext_lazy("Evidence"), choices=EvidenceTier.choices, field_name="facts__tier")
    unchanged = Choice(
        gettext_lazy("What it says"),
        choices=(("yes", gettext_lazy("Nothing has changed")), ("no", gettext_lazy("Something has changed"))),
        method=telling,
    )
    pledge = OfPledge(Relation.REPORTS_ON)
    action = PledgesOf(
        Relation.CARRIES_OUT,
        KEY,
        "Key of an action that their pledges carry out, such as chile-2024:1.1.",
    )
    outcome = PledgesOf(
        Relation.SERVES, "[a-z_]{1,40}", "Code of an outcome that their pledges serve, such as statelessness."
    )
    cycle = CycleSlug()
    organization = OrganizationNumber()


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """What it says of the stage, that nothing has changed, and who stands behind it."""
    unchanged = (Badge(_("Nothing has changed")),) if is_unchanged(record) else ()
    return (Badge(stage_words(record), "brand"), *unchanged, Badge(tier_of(record).label))


def eyebrow(record: Record) -> list[str]:
    said = day_reported(record)
    parts = [f"{REPORT.label} {record.public_id}"]
    return [*parts, _("As of %(date)s") % {"date": day(said)}] if said else parts


def rows(shown: Shown) -> list[dict[str, Any]]:
    record, said = shown.record, day_reported(shown.record)
    return [
        {"term": _("Pledge"), "links": [link_to(link, shown.language) for link in shown.trace[Stage.PLEDGE]]},
        {"term": _("Reported by"), "links": organization_links(record, shown.language)},
        {"term": _("As of"), "value": day(said) if said else ""},
        {"term": _("Review cycle"), "links": cycle_links(cycle_of(record), shown.language)},
        country_row(record, shown.language),
        *({"term": term, "links": factors(record, name, known)} for name, term, known in FACTOR_ROWS),
    ]


def factors(record: Record, name: str, known: Any) -> list[dict[str, Any]]:
    labels = dict(known.choices)
    return [{"label": labels[code]} for code in str(record.facts.get(name, "")).split() if code in labels]


def papers(shown: Shown) -> dict[str, Any]:
    """Inputs of `reports/papers.html`."""
    record = shown.record
    return {
        "tier": tier_of(record).label,
        "papers": [
            {"paper": paper, "url": paper_address(record, shown.language, number)}
            for number, paper in enumerate(papers_of(record), start=1)
        ],
    }


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """For the API and exports."""
    said = str(record.facts.get("reported_on", ""))
    shown = papers_of(record)
    return {
        "pledge": record.facts.get("pledge") or None,
        "cycle": cycle_of(record) or None,
        "stage": pledge_facts.stage_of(record).value,
        "reported_on": said or None,
        "is_unchanged": is_unchanged(record),
        "tier": tier_of(record).value,
        **{name: str(record.facts.get(name, "")).split() for name, _term, _known in FACTOR_ROWS},
        "goal_values": [f"{key}:{value}" for key, value in rows_in(record.facts, "values")],
        "evidence_sha256": [paper.sha256 for paper in shown],
    }


REPORT = RecordType(
    kind=RecordKind.REPORT,
    letter="G",
    path="reports",
    texts=("text", "figures"),
    columns=COLUMNS,
    exported=("text", "figures"),
    facts=frozenset(
        {
            "pledge",
            "cycle",
            "stage",
            "reported_on",
            "unchanged",
            "tier",
            "values",
            "papers",
            "barriers",
            "enablers",
            "support",
        }
    ),
    who=frozenset({"papers"}),
    kept=frozenset({"unchanged", "papers", "values"}),
    edges=(Edge(Relation.REPORTS_ON, RecordKind.PLEDGE),),
    label=gettext_lazy("Progress report"),
    plural=gettext_lazy("Progress reports"),
    lead=gettext_lazy(
        "What the parties of pledges report: how far they are, what was done, and what they can show for it. "
        "That nothing has changed is a report too, and counted apart."
    ),
    nothing=gettext_lazy("No progress report matches."),
    counted=lambda n: ngettext("%(number)s progress report", "%(number)s progress reports", n),
    apart=lambda rows, total: counted_apart(total, (numbers() if rows is None else numbers_of(rows))[1]),
    filters=ReportFilters,
    stage=Stage.REPORT,
    section=Section(
        gettext_lazy("Progress reports"),
        gettext_lazy("No progress report published yet."),
        gettext_lazy("All %(number)s progress reports"),
    ),
    headings={"figures": gettext_lazy("Values")},
    badges=badges,
    eyebrow=eyebrow,
    rows=rows,
    rows_tell=Stage.PLEDGE,
    blocks=(
        Block("reports/papers.html", papers),
        linked(Stage.QUESTION, gettext_lazy("Questions it goes back to")),
    ),
    facts_now=facts_now,
)
