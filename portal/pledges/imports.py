"""Takes a table of pledges in, nothing of it where a row has a fault; command, job and desk call it.

The table is the secretariat's own act: what it holds is public at once. A pledge is known again by its
number, in whatever spelling and under whatever organization.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from portal.common.actors import Actor
from portal.pledges.importing.rows import Rows
from portal.pledges.importing.storing import Storing
from portal.pledges.importing.wanted import Same, Wanted
from portal.pledges.importing.words import COLUMNS
from portal.tables.reading import Table, read_table
from portal.tables.report import Error, Ready, Report, run


def read_pledges(content: bytes, named: Mapping[str, str] | None = None) -> Table:
    """The file as a table of pledges. Raises `Refused` for what cannot be read."""
    return read_table(content, COLUMNS, named=named)


def import_pledges(
    content: bytes,
    *,
    actor: Actor,
    now: datetime,
    named: Mapping[str, str] | None = None,
    dry_run: bool = False,
    skip_rejected: bool = False,
    is_replacing: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Read, check and store. `named`: what headings mean; `is_replacing`: also what organizations published.

    The report's `details` are of `RowChange`. Raises `Refused` for what cannot be read.
    """
    table, notes = read_pledges(content, named), list[str]()
    rows = Rows(table, now)
    storing = Storing(rows.pledgers, actor=actor, now=now, is_replacing=is_replacing)

    def noted() -> Iterator[Ready[Wanted | Same] | Error]:
        for row in rows:
            if isinstance(row, Ready) and isinstance(row.item, Wanted):
                notes.extend(row.item.notes)
            yield row

    report = run(
        noted(),
        store=storing.store,
        plan=storing.plan,
        prepare=storing.prepare,
        flush=storing.flush,
        dry_run=dry_run,
        skip_rejected=skip_rejected,
        notes=table.notes,
        progress=progress,
    )
    report.notes = (*report.notes, *notes)
    report.details = [change.as_json() for change in (*storing.changed.values(), *storing.made.values())]
    return report
