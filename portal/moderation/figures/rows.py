"""The figures of moderation as tables: of the page, and as files. Views call it."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.formatting import number
from portal.common.reviews import Fact
from portal.moderation.figures.queries import LEAST, NONE, Decided, Number, Stands
from portal.submissions.types import SubmissionType, submission_types
from portal.tables.codebook import Columns, Holds, Meaning
from portal.tables.writing import Cell

NAME = "moderation"
COLUMNS: Columns = (
    Meaning("what", gettext_lazy("Whether the row counts texts in a state, or decisions"), Holds.CODE),
    Meaning("kind", gettext_lazy("Kind of text"), Holds.CODE),
    Meaning("kind_label", gettext_lazy("Kind of text, in words")),
    Meaning("code", gettext_lazy("State or decision"), Holds.CODE),
    Meaning("label", gettext_lazy("State or decision, in words")),
    Meaning("ground", gettext_lazy("Ground of the decision"), Holds.CODE, empty=gettext_lazy("names none")),
    Meaning(
        "ground_label", gettext_lazy("Ground of the decision, in words"), empty=gettext_lazy("names none")
    ),
    Meaning(
        "number",
        gettext_lazy("How many"),
        Holds.WHOLE,
        gettext_lazy("texts or decisions"),
        empty=gettext_lazy("at least one, and fewer than five"),
    ),
)


def cells(states: Iterable[Stands], decisions: Iterable[Decided]) -> Iterator[Sequence[Cell]]:
    for row in states:
        label = str(row.of.label)
        yield ["state", row.of.kind, label, row.state, row.label, "", "", row.number.value]
    for each in decisions:
        told = [each.action, each.label, each.ground, each.ground_label, each.number.value]
        yield ["decision", each.of.kind, str(each.of.label), *told]


def state_lines(states: Iterable[Stands]) -> list[Fact]:
    """Of each kind the states that there is a text in; the files tell of the rest, too."""
    return _lines((row.of, row.label, row.number) for row in states)


def decision_lines(decisions: Iterable[Decided]) -> list[Fact]:
    """Of each kind what was decided at all, by ground; the files tell of the rest, too."""
    return _lines((row.of, _called(row), row.number) for row in decisions)


def _called(row: Decided) -> str:
    return f"{row.label} ({row.ground_label})" if row.ground_label else row.label


def _lines(rows: Iterable[tuple[SubmissionType, str, Number]]) -> list[Fact]:
    lines: dict[str, list[str]] = {str(of.phrases.plural): [] for of in submission_types()}
    for of, label, told in rows:
        if told != NONE:
            lines[str(of.phrases.plural)].append(f"{label}: {in_words(told)}")
    return [Fact(kind, " · ".join(parts) or _("None yet.")) for kind, parts in lines.items()]


def in_words(told: Number) -> str:
    if told.value is None:
        return _("fewer than %(least)s") % {"least": LEAST}
    return number(told.value)
