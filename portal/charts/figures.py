"""A figure: its finding in words, what was counted, its plot and where its page is; templates draw it."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from portal.charts.plots import Name, Plot, Table

# Beside a page of its own each figure is a file in one of these.
FORMS = ("csv", "xlsx", "json", "svg")


@dataclass(frozen=True, slots=True)
class Figure:
    """`title` says the finding, `said` in one sentence what is counted and out of how many.

    `slug` is the last part of its `address`, which carries the filters as a query. `note` says what is
    missing, `links` lead to what was counted.
    """

    slug: str
    title: str
    said: str
    plot: Plot
    address: str = ""
    note: str = ""
    links: tuple[Name, ...] = field(default=())

    def table(self) -> Table:
        return self.plot.table()

    def downloads(self) -> list[Name]:
        """CSV, XLSX, JSON and SVG under its address."""
        joint = "&" if "?" in self.address else "?"
        return [
            Name(form, form.upper(), f"{self.address}{joint}{urlencode({'format': form})}") for form in FORMS
        ]
