"""Goals in numbers: what they began with, what the newest report tells, what they aim at."""

from collections.abc import Collection, Iterator

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from portal.charts.figures import Figure
from portal.charts.plots import Name, Range, Ranges
from portal.common.formatting import number
from portal.common.ids import public_id
from portal.followup.dashboard.scope import Scope
from portal.pledges.records import PLEDGE
from portal.pledges.standing import Standing, Value
from portal.publication.enums import RecordKind
from portal.publication.queries import published

SLUG = "goals"
TITLE = gettext_lazy("From baseline to target")
DRAWN, MOST_DRAWN = 5, 100
Goal = tuple[Standing, Value]


def figure(scope: Scope, *, every: bool = False) -> Figure:
    """With `every` all goals, else those that a dashboard draws: words are read from the ledger."""
    told = goals_told(scope)
    shown = told if every else told[:DRAWN]
    statements = _statements({row.pk for row, _value in shown}, scope.language)
    away = sum(value.is_moving_away for _row, value in told)
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_said(len(told), number_of_goals(scope)),
        plot=Ranges(
            Name("goal", _("Goal")),
            Name("pledge", _("Pledge")),
            Name("unit", _("Unit")),
            (
                Name("from", _("baseline")),
                Name("latest", _("latest report")),
                Name("target", pgettext("goal", "target")),
            ),
            tuple(_ranges(shown, statements, scope)),
            MOST_DRAWN if every else DRAWN,
        ),
        address=scope.address(SLUG),
        note=_away(away),
        links=_all(scope, len(told)),
    )


def number_of_goals(scope: Scope) -> int:
    return sum(len(row.values) for row in scope.rows)


def goals_told(scope: Scope) -> list[Goal]:
    """Those of which a report tells a value: the newest first, of a day those of the highest number."""
    told = [(row, value) for row in scope.rows for value in row.values if value.latest is not None]
    return sorted(told, key=lambda pair: (pair[1].reported_on, pair[0].pk, -pair[1].place), reverse=True)


def _said(told: int, every: int) -> str:
    words = ngettext(
        "Reports tell a value of %(number)s of %(whole)s goals, on its own scale from zero.",
        "Reports tell a value of %(number)s of %(whole)s goals, each on its own scale from zero.",
        told,
    )
    return words % {"number": number(told), "whole": number(every)}


def _away(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(number)s has moved away from its target.", "%(number)s have moved away from their targets.", count
    ) % {"number": number(count)}


def _all(scope: Scope, count: int) -> tuple[Name, ...]:
    if count <= DRAWN:
        return ()
    label = _("All %(number)s goals with a value") % {"number": number(count)}
    return (Name("all", label, scope.address(SLUG)),)


def _ranges(shown: Collection[Goal], statements: dict[int, list[str]], scope: Scope) -> Iterator[Range]:
    for row, value in shown:
        goals = statements.get(row.pk, [])
        statement = goals[value.place] if value.place < len(goals) else ""
        pledge = public_id(PLEDGE.letter, row.pk)
        yield Range(
            Name(f"{pledge}-{value.place + 1}", statement, f"/{scope.language}/{PLEDGE.path}/{pledge}/"),
            pledge,
            value.unit,
            value.baseline,
            value.latest,
            value.target,
            _("It has moved away from its target.") if value.is_moving_away else "",
        )


def _statements(pledges: Collection[int], language: str) -> dict[int, list[str]]:
    """Goals in words by row, in the reader's language where there is a translation. One query."""
    translated = FilteredRelation("translations", condition=Q(translations__language=language))
    rows = published(RecordKind.PLEDGE).filter(pk__in=pledges).select_related(None).order_by()
    rows = rows.annotate(spoken=translated, said=F("spoken__texts"))
    return {
        pk: list((said or texts).get("goals", texts.get("goals", [])))
        for pk, texts, said in rows.values_list("pk", "texts", "said")
    }
