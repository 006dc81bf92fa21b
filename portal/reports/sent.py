"""The content of a report's receipt, and how it is stored and read; its type names these functions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.common.formatting import day
from portal.common.reviews import Field, Link, Reader
from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.reports.drafts import FACTORS, MAX_FILES, ReportFields, day_of
from portal.reports.enums import Barrier, Enabler, Support
from portal.reports.goals import goals_of, promise_of, written
from portal.reports.models import Evidence, Report
from portal.reports.queries import Shown
from portal.submissions.contents import LANGUAGE, NAME, TITLE, identity
from portal.submissions.drafts import MAX_TITLE


def sent(report: Report, related: Shown) -> dict[str, object]:
    """What a receipt's digest is made of; a paper by its SHA-256."""
    return identity(report) | {
        "pledge": str(report.pledge.key) if report.pledge else "",
        "day": report.reported_on.isoformat() if report.reported_on else "",
        "stage": str(report.stage),
        "is_unchanged": report.is_unchanged,
        "figures": figures_of(report),
        "tier": str(report.tier),
        "evidence": [
            {"key": str(file.key), "name": file.name, "sha256": file.sha256} for file in related.files
        ],
        "text": report.text,
        **{name: list(getattr(report, name)) for name in FACTORS},
    }


def figures_of(report: Report) -> list[dict[str, str]]:
    """The values with what they count, in the order of the goals."""
    goals = goals_of(promise_of(report.pledge)) if report.figures else ()
    return [
        {"goal": goal.label, "value": report.figures[goal.key], "unit": goal.unit, "target": goal.target}
        for goal in goals
        if report.figures.get(goal.key)
    ]


def replace(report: Report, fields: ReportFields) -> None:
    """Day, figures and papers; the title follows from pledge and day."""
    promise = promise_of(fields.pledge or report.pledge)
    if fields.pledge is not None:
        report.pledge, report.country = fields.pledge, promise.country if promise else ""
    if fields.day is not None:
        report.reported_on = day_of(fields.day)
    if fields.figures is not None:
        report.figures = {key: written(value) for key, value in fields.figures.items() if value}
    report.title = title_of(report, promise) or report.title
    if fields.dropped:
        report.evidence.filter(file__key__in=fields.dropped).delete()
    room = MAX_FILES - report.evidence.count() if fields.added else 0
    for file in fields.added[:room]:
        Evidence.objects.get_or_create(report=report, file=file)


def title_of(report: Report, promise: Record | None) -> str:
    """In the report's language; the pledge keeps the title that readers see. Empty without pledge or day."""
    if promise is None or report.reported_on is None:
        return ""
    with override(report.language):
        told = _("Report of %(date)s: %(pledge)s")
        if report.is_unchanged:
            told = _("Nothing has changed by %(date)s: %(pledge)s")
        title = told % {"date": day(report.reported_on), "pledge": promise.title}
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 2]} …"


def _pledge(key: str, reader: Reader) -> tuple[Link, ...]:
    """To its public page; one that is withdrawn by its number, one that is gone by nothing."""
    record = Record.objects.filter(kind=RecordKind.PLEDGE, source_key=key).first() if key else None
    if record is None:
        return ()
    if not record.is_published:
        told = _(
            "%(number)s: withdrawn. Until it is public again, nobody outside reads what is reported on it."
        )
        return (Link(told % {"number": record.public_id}),)
    return (Link(record.title, record.path(reader.language), record.language),)


def _figures(rows: Sequence[Mapping[str, str]]) -> str:
    return " · ".join(in_words(row) for row in rows)


def in_words(row: Mapping[str, str]) -> str:
    """`Licences given: 268 of 600 licences`."""
    value = f"{row['value']} {row['unit']}".strip()
    if row["target"]:
        value = _("%(value)s of %(target)s") % {"value": row["value"], "target": row["target"]}
        value = f"{value} {row['unit']}".strip()
    return f"{row['goal']}: {value}"


def _papers(rows: Sequence[Mapping[str, str]], reader: Reader) -> tuple[Link, ...]:
    """To the originals, for those who may read the report."""
    return tuple(
        Link(f"{row['name']} ({_code(row)})", reverse("progress:paper", args=[row["key"]])) for row in rows
    )


def _code(row: Mapping[str, str]) -> str:
    return _("control code %(code)s…") % {"code": row["sha256"][:12]}


def _one_of(choices: Any) -> Any:
    return lambda code: dict(choices.choices).get(code, "")


def _some_of(choices: Any) -> Any:
    return lambda codes: " · ".join(str(dict(choices.choices).get(code, code)) for code in codes)


def _unchanged(value: bool) -> str:
    return _("Yes") if value else ""


FIELDS = (
    TITLE,
    NAME,
    Field("pledge", gettext_lazy("Pledge"), links=_pledge),
    Field("is_unchanged", gettext_lazy("Nothing has changed"), words=_unchanged),
    Field("stage", gettext_lazy("Stage"), words=_one_of(ReportedStage)),
    Field("day", gettext_lazy("As of"), words=lambda iso: day(stated) if (stated := day_of(iso)) else ""),
    Field("figures", gettext_lazy("Values"), words=_figures),
    LANGUAGE,
    Field("barriers", gettext_lazy("What stands in the way"), words=_some_of(Barrier)),
    Field("enablers", gettext_lazy("What helps"), words=_some_of(Enabler)),
    Field("support", gettext_lazy("What would help"), words=_some_of(Support)),
    Field("tier", gettext_lazy("Evidence"), words=_one_of(EvidenceTier)),
    Field("evidence", gettext_lazy("Documents"), links=_papers),
    Field("text", gettext_lazy("What was done"), is_text=True),
)
