"""The refused rows of a table as a table of their own, with the reasons; desk and command write it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from portal.tables.reading import Table
from portal.tables.report import row_name

# A fault as it stands in a report: `where`, `field`, `reason`.
Fault = Mapping[str, str]


def rejects(table: Table, faults: Iterable[Fault]) -> tuple[list[str], list[list[str]]]:
    """Heading and rows: the cells as they were, and why. Asked in the language of the faults."""
    reasons: dict[str, list[str]] = {}
    for fault in faults:
        reasons.setdefault(fault["where"], []).append(f"{fault['field']}: {fault['reason']}")
    texts = list(table.headings.texts) if table.headings else []
    return [*texts, _("Reason")], list(_with_reasons(table, len(texts), reasons))


def _with_reasons(table: Table, width: int, reasons: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    for line in table.lines:
        if told := reasons.get(row_name(line.number)):
            cells = [str(cell) for cell in line.cells[:width]]
            yield [*cells, *[""] * (width - len(cells)), " ".join(told)]
