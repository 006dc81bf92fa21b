"""What of a report becomes public, field by field; its type names it."""

from django.utils.translation import override

from portal.common.declarations import declared
from portal.pledges.public_facts import as_fact
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link, Projection
from portal.reports.drafts import FACTORS
from portal.reports.models import Report
from portal.reports.queries import shown_for
from portal.reports.records import paper_line
from portal.reports.sent import figures_of, in_words
from portal.submissions.contents import public_face


def project(report: Report) -> Projection:
    """The public face of a report with a pledge and a day, whose papers have their public copies."""
    pledge, day = report.pledge, report.reported_on
    assert pledge is not None and day is not None  # noqa: S101, PT018  # the table says so
    number = Record.objects.get(kind=RecordKind.PLEDGE, source_key=pledge.key).public_id
    with override(report.language):
        figures = [in_words(row) for row in figures_of(report)]
    return public_face(
        report,
        year=day.year,
        text=report.text,
        texts={"text": report.text, **({"figures": figures} if figures else {})},
        facts={
            "pledge": number,
            "stage": str(report.stage),
            "reported_on": day.isoformat(),
            **({"cycle": cycle} if (cycle := _cycle(report)) else {}),
            "unchanged": "yes" if report.is_unchanged else "",
            "tier": str(report.tier),
            **({"values": values} if (values := as_fact(sorted(report.figures.items()))) else {}),
            "papers": "\n".join(paper_line(file) for file in shown_for(report.pk).files if file.is_public),
            **{name: " ".join(getattr(report, name)) for name in FACTORS},
        },
        links=(Link(Relation.REPORTS_ON, str(pledge.key)),),
    )


def _cycle(report: Report) -> str:
    """The review cycle that was open when it was submitted; empty where none was."""
    moment = report.submitted_at or report.updated_at
    return next(filter(None, (cycle_at(moment) for cycle_at in declared("review_cycles"))), "")
