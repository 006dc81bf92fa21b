"""The frameworks that every installation has, with titles in words of ours; `load_reference` calls it.

None of these titles is checked: official ones enter by `import_plan` and take their places.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils import translation

from portal.common.languages import CODES
from portal.plan.enums import OWN_WORDS, NodeKind
from portal.plan.importing import note_nodes, store_nodes
from portal.plan.models import PlanFramework, PlanNode, PriorityAction, PriorityCycle
from portal.plan.sheets import COLUMNS, NodeFields, fields_of
from portal.tables.columns import Column
from portal.tables.reading import Row, read_file
from portal.taxonomy.enums import Outcome

DATA = Path(__file__).parent / "data"
FRAMEWORK_COLUMNS = tuple(
    Column(name, name)
    for name in ("slug", "version", "position", "in_force", *(f"title_{code}" for code in CODES))
)
PLAN = "chile-2024"
PLEDGE = "c40-pledge-2023"
# The plan has 101 actions; how many stand below each axis has not been checked either.
SLOTS = {"1": 34, "2": 34, "3": 33}
SLOT_TITLES = {"es": "Acción {}", "en": "Action {}", "pt": "Ação {}", "fr": "Action {}"}
SOURCE = OWN_WORDS
# Those that go first in 2025 to 2027: fifteen, not checked.
PRIORITIES = tuple(f"{axis}.{number}" for axis in SLOTS for number in range(1, 6))
CYCLE = (2025, 2027)


@transaction.atomic
def load_frameworks() -> int:
    """Adds what is missing, changes nothing; how many parts were added."""
    for row in _rows("frameworks.csv", FRAMEWORK_COLUMNS):
        cells = row.cells
        PlanFramework.objects.get_or_create(
            slug=cells["slug"],
            defaults={
                "version": cells["version"],
                "position": int(cells["position"]),
                # Another plan may be in force by now.
                "in_force": cells["in_force"] == "yes"
                and not PlanFramework.objects.filter(in_force=True).exists(),
                **{f"title_{code}": cells[f"title_{code}"] for code in CODES},
            },
        )
    added = store_nodes([*_titled(), *_outcomes(), *_slots()])
    if added:
        _load_cycle()
        note_nodes(added)
    return len(added)


def _titled() -> Iterator[NodeFields]:
    for row in _rows("nodes.csv", COLUMNS):
        yield fields_of(row)


def _outcomes() -> Iterator[NodeFields]:
    """The code list of the portal, as parts of the multi-stakeholder pledge."""
    for outcome in Outcome:
        titles = {}
        for code in CODES:
            with translation.override(code):
                titles[code] = str(outcome.label)
        yield NodeFields(PLEDGE, outcome.value, NodeKind.OUTCOME, titles=titles, source=SOURCE)


def _slots() -> Iterator[NodeFields]:
    """A place for every action, named by its code; those of `nodes.csv` have words already."""
    for axis, number in SLOTS.items():
        for place in range(1, number + 1):
            code = f"{axis}.{place}"
            titles = {language: text.format(code) for language, text in SLOT_TITLES.items()}
            yield NodeFields(PLAN, code, NodeKind.ACTION, parent=axis, titles=titles, source=SOURCE)


def _load_cycle() -> None:
    framework = PlanFramework.objects.get(slug=PLAN)
    cycle, is_new = PriorityCycle.objects.get_or_create(
        framework=framework, first_year=CYCLE[0], defaults={"last_year": CYCLE[1], "source": SOURCE}
    )
    if is_new:
        nodes = PlanNode.objects.filter(key__in=[f"{PLAN}:{code}" for code in PRIORITIES])
        PriorityAction.objects.bulk_create(PriorityAction(cycle=cycle, node=node) for node in nodes)


def _rows(name: str, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    table = read_file(DATA / name, columns)
    errors = [*table.errors, *(error for row in table.rows for error in row.errors)]
    if errors:
        raise ValueError(f"{name}: {errors[0].line}")
    return table.rows
