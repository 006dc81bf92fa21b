"""The columns of a plan as a table, and what each row says; pure. The import calls it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.characters import one_line
from portal.common.languages import CODES
from portal.plan.enums import NodeKind
from portal.tables.columns import Column, Kind, Vocabulary
from portal.tables.reading import Row

TITLES = {code: f"title_{code}" for code in CODES}
LONGEST_KEY, LONGEST_TITLE = 64, 300
COLUMNS = (
    Column("framework", gettext_lazy("Framework"), is_filled=True),
    Column("version", gettext_lazy("Version"), is_required=False),
    Column("code", gettext_lazy("Code"), is_filled=True),
    Column("parent", gettext_lazy("Stands below"), is_required=False),
    Column("kind", gettext_lazy("Kind"), is_filled=True),
    *(Column(name, name, is_required=False) for name in TITLES.values()),
    Column("verified", gettext_lazy("Title checked"), is_required=False, kind=Kind.YES_NO),
    Column("source", gettext_lazy("Source"), is_required=False),
    Column("retired", gettext_lazy("Retired on"), is_required=False, kind=Kind.DAY),
)
KINDS = Vocabulary(dict(NodeKind.choices))
# What stands below something, and what others may stand below.
BELOW = frozenset({NodeKind.ACTION, NodeKind.PROGRAMME, NodeKind.CHAPTER})
ABOVE = {
    NodeKind.ACTION: (NodeKind.AXIS, NodeKind.CHAPTER, NodeKind.PROGRAMME),
    NodeKind.PROGRAMME: (NodeKind.AXIS, NodeKind.CHAPTER),
    NodeKind.CHAPTER: (NodeKind.AXIS, NodeKind.CHAPTER),
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NodeFields:
    """A node as a row says it should be; `parent` is a code of the same framework."""

    framework: str
    code: str
    kind: NodeKind
    version: str = ""
    parent: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    verified: bool = False
    source: str = ""
    retired_on: date | None = None

    @property
    def key(self) -> str:
        return f"{self.framework}:{self.code}"


def fields_of(row: Row) -> NodeFields:
    """Of a row without problems."""
    cells = {name: one_line(text) for name, text in row.cells.items()}
    retired = cells.get("retired", "")
    return NodeFields(
        framework=cells["framework"],
        code=cells["code"],
        kind=NodeKind(KINDS.code_of(cells["kind"])),
        version=cells.get("version", ""),
        parent=cells.get("parent", ""),
        titles={code: cells.get(name, "") for code, name in TITLES.items()},
        verified=cells.get("verified", "") == "yes",
        source=cells.get("source", ""),
        retired_on=date.fromisoformat(retired) if retired else None,
    )


def problems_of(row: Row) -> Iterator[tuple[str, str]]:
    """Column and reason of what is wrong with a row by itself."""
    cells = {name: one_line(text) for name, text in row.cells.items()}
    framework, code, kind = cells.get("framework", ""), cells.get("code", ""), cells.get("kind", "")
    if framework and (not _SLUG.fullmatch(framework) or len(framework) > 30):
        yield "framework", _("Write small letters, digits and hyphens, at most 30, such as plan-2024.")
    if code and (not _CODE.fullmatch(code) or len(code) > 40):
        yield "code", _("Write letters and digits with dots or hyphens in between, at most 40, such as 1.7.")
    elif len(f"{framework}:{code}") > LONGEST_KEY:
        yield "code", _("Framework and code are too long together.")
    if kind and not KINDS.code_of(kind):
        yield "kind", KINDS.unknown(kind)
    for name in TITLES.values():
        if len(cells.get(name, "")) > LONGEST_TITLE:
            yield name, _("This title is longer than %(most)d characters.") % {"most": LONGEST_TITLE}
    if not any(cells.get(name) for name in TITLES.values()):
        yield TITLES[CODES[0]], _("There is no title in any language.")
    for name, most in (("version", 40), ("source", 300)):
        if len(cells.get(name, "")) > most:
            yield name, _("This is longer than %(most)d characters.") % {"most": most}
