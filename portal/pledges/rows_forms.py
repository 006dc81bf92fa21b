"""Steps of a pledge that hold rows: countries, parties, goals. The desk's views call them.

Each row has its own fields, all always in the form; a page shows those that are filled and one or two more.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.common.amounts import amount_of
from portal.common.characters import one_line
from portal.common.choices import country_choices
from portal.common.days import day_problem
from portal.common.errors import Problem
from portal.common.formatting import day
from portal.common.ids import parse_public_id
from portal.organizations.directory import spelling
from portal.organizations.public_bodies import PublicBodies
from portal.pledges.drafts import (
    MAX_GOALS,
    MAX_LINE,
    MAX_NAME,
    MAX_PARTIES,
    MAX_PLACES,
    TWO_WAYS,
    PledgeFields,
    goal_problems,
    party_problems,
    place_problems,
)
from portal.pledges.enums import Disaggregation, PartyRole, PartyState, PlaceRole
from portal.pledges.models import Pledge, PledgeParty
from portal.pledges.parts import Goal, Party, Place, figure
from portal.pledges.typed import day_of, is_ambiguous
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind
from portal.submissions.steps import StepForm

Row = dict[str, Any]


class RowsForm(StepForm):
    """`name` is the field of the draft, `columns` make the fields of a row, `many` hold several codes.

    Whatever is typed or chosen in a row fills it, but for the `silent` fields that nobody types. A row that
    is neither empty nor whole is refused at its field.
    """

    name: ClassVar[str]
    most: ClassVar[int]
    legend: ClassVar[Any]
    columns: ClassVar[Mapping[str, Any]]
    many: ClassVar[frozenset[str]] = frozenset()
    silent: ClassVar[frozenset[str]] = frozenset()
    blank: ClassVar[int] = 2

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        self.draft = draft
        super().__init__(data, initial=self.values_of(draft))
        for at in range(self.most):
            for column, make in self.columns.items():
                self.fields[self._field(at, column)] = make()

    def rows_of(self, draft: Pledge) -> list[Row]:
        """The stored rows as texts, by column."""
        raise NotImplementedError

    def read(self, at: int, row: Row) -> tuple[Any, list[Problem]]:
        """What is kept of a typed row (None for nothing), and what is wrong with it."""
        raise NotImplementedError

    def values_of(self, draft: Any) -> dict[str, Any]:
        rows = self.rows_of(draft)[: self.most]
        blank: Row = {column: [] if column in self.many else "" for column in self.columns}
        return {
            self._field(at, column): ({**blank, **rows[at]} if at < len(rows) else blank)[column]
            for at in range(self.most)
            for column in self.columns
        }

    def typed(self) -> dict[str, Any]:
        """Filled rows move up, so that a gap is no change."""
        values: list[Row] = [row for row in self._sent() if self._is_told(row)]
        blank: Row = {column: [] if column in self.many else "" for column in self.columns}
        return {
            self._field(at, column): (values[at] if at < len(values) else blank)[column]
            for at in range(self.most)
            for column in self.columns
        }

    def _sent(self) -> Iterator[Row]:
        data: Any = self.data
        for at in range(self.most):
            yield {
                column: sorted(data.getlist(self._field(at, column)))
                if column in self.many
                else one_line(data.get(self._field(at, column), ""))
                for column in self.columns
            }

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The rows of the page, each with its fields."""
        filled = [at for at in range(self.most) if self._is_filled(at)]
        last = min(self.most, (filled[-1] + 1 if filled else 0) + self.blank)
        return [
            {
                "legend": self.legend % {"number": at + 1},
                "fields": [self[self._field(at, column)] for column in self.columns],
            }
            for at in range(last)
        ]

    def _is_filled(self, at: int) -> bool:
        return self._is_told({name: self[self._field(at, name)].value() for name in self.columns})

    def _is_told(self, row: Row) -> bool:
        return any(value for column, value in row.items() if column not in self.silent)

    def _field(self, at: int, column: str) -> str:
        return f"{self.name}_{at + 1}_{column}"

    def _reading(self) -> list[tuple[int, Any, list[Problem]]]:
        rows = enumerate(self._sent())
        return [(at, *self.read(at, row)) for at, row in rows if self._is_told(row)]

    def repeated(self, kept: Any) -> tuple[object, Any]:
        """What no two rows share, and what is said of the second one; None where rows may be equal."""
        return None, ""

    def _repetitions(self) -> Iterator[Problem]:
        seen: set[object] = set()
        for at, kept, _problems in self._reading():
            what, told = self.repeated(kept) if kept is not None else (None, "")
            if what is not None and what in seen:
                yield Problem(self._field(at, next(iter(self.columns))), told)
            seen.add(what)

    def problems(self) -> list[Problem]:
        faults = [
            Problem(self._field(at, problem.field), problem.message)
            for at, _kept, problems in self._reading()
            for problem in problems
        ]
        return [*faults, *self._repetitions()]

    @property
    def fits(self) -> bool:
        return not self.problems()

    def kept(self) -> tuple[Any, ...]:
        """Rows without a fault; where one has a fault, nothing of the step is stored over what was there."""
        return tuple(row for _at, row, problems in self._reading() if row is not None and not problems)

    def fields_to_save(self) -> PledgeFields:
        saved: dict[str, Any] = {self.name: self.kept()}
        return PledgeFields(**saved) if self.fits else PledgeFields()


def _line(label: Any, help_text: Any = "", *, most: int = MAX_LINE, **attrs: str) -> Any:
    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": str(most), **attrs})
    return lambda: forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


def _choice(label: Any, choices: Any, help_text: Any = "") -> Any:
    return lambda: forms.ChoiceField(
        label=label, help_text=help_text, required=False, choices=choices() if callable(choices) else choices
    )


def _day(label: Any) -> Any:
    return lambda: forms.CharField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _with_none(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("Choose one")), *choices]


class PlacesForm(RowsForm):
    name, most, legend = "places", MAX_PLACES, _("Country %(number)s")
    columns: ClassVar = {
        "country": _choice(_("Country"), country_choices),
        "role": _choice(_("What it is to the pledge"), _with_none(PlaceRole.choices)),
    }

    def rows_of(self, draft: Pledge) -> list[Row]:
        return [{"country": row.country, "role": row.role} for row in draft.places.all()]

    def read(self, at: int, row: Row) -> tuple[Any, list[Problem]]:
        place = Place(row["country"], row["role"])
        return place, place_problems(place)

    def repeated(self, kept: Place) -> tuple[object, Any]:
        return kept, _("This country is named in this part already.")


class PartiesForm(RowsForm):
    """A name that an organization here bears, or its number, stands for that organization."""

    name, most, legend = "parties", MAX_PARTIES, _("Party %(number)s")
    columns: ClassVar = {
        "name": _line(
            _("Name"),
            _("Its name, or its number here such as O-00007. Who is not here yet can be named all the same."),
            most=MAX_NAME,
        ),
        "role": _choice(_("Role"), _with_none(PartyRole.choices)),
    }

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        self._stored = list(draft.parties.select_related("organization"))
        super().__init__(data, draft=draft)
        for at, row in enumerate(self._shown()[: self.most]):
            if row.state == PartyState.ASKED:
                told = {"party": str(row)}
                self.fields[self._field(at, "name")].help_text = (
                    _("%(party)s asks to be named as a party. Decide it on your desk.") % told
                )
            if row.state == PartyState.DECLINED and row.decided_at:
                told = {"party": str(row), "date": day(row.decided_at)}
                self.fields[self._field(at, "name")].help_text = (
                    _("%(party)s declined on %(date)s. Readers do not see it as a party.") % told
                )

    def rows_of(self, draft: Pledge) -> list[Row]:
        return [{"name": str(row), "role": row.role} for row in self._shown()]

    def _shown(self) -> list[PledgeParty]:
        """Who is named or asks to be; not who was dropped or turned away."""
        return [row for row in self._stored if row.is_named or row.state == PartyState.ASKED]

    def read(self, at: int, row: Row) -> tuple[Any, list[Problem]]:
        key, problem = self._organization(row["name"])
        party = Party(role=row["role"], name=row["name"], organization=key)
        if key == self.draft.organization.key:
            problem = Problem("name", _("Your organization keeps the pledge: it is no other party of it."))
        return party, [*party_problems(party), *([problem] if problem else [])]

    def repeated(self, kept: Party) -> tuple[object, Any]:
        return kept.organization or spelling(kept.name) or None, _("This party is named already.")

    def _organization(self, name: str) -> tuple[UUID | None, Problem | None]:
        for stored in self._stored:
            if stored.organization and stored.organization.name == name:
                return stored.organization.key, None
        bodies = self._bodies.named(name)
        if len(bodies) > 1:
            told = _("Several organizations have this name. Give the number, such as O-00007.")
            return None, Problem("name", told)
        parsed = parse_public_id(name)
        if not bodies and parsed is not None and parsed[0] == ledger_kind(RecordKind.ORGANIZATION).letter:
            return None, Problem("name", _("No public organization has this number."))
        return (bodies[0].key if bodies else None), None

    @cached_property
    def _bodies(self) -> PublicBodies:
        return PublicBodies()


class GoalsForm(RowsForm):
    """`key` tells which stored goal a row is."""

    name, most, legend, blank = "goals", MAX_GOALS, _("Goal %(number)s"), 1
    silent = frozenset({"key"})
    many = frozenset({"disaggregations"})
    columns: ClassVar = {
        "statement": _line(_("Goal"), _("What is to be true at the end, in one sentence.")),
        "unit": _line(_("Unit"), _("What is counted: people, days, per cent."), most=60),
        "baseline": _line(_("Baseline"), _("The figure from which it starts."), most=20, inputmode="decimal"),
        "baseline_year": _line(_("Year of the baseline"), most=4, inputmode="numeric"),
        "no_baseline_because": _line(_("No baseline, because"), _("Where nobody knows it yet, say why.")),
        "target": _line(_("Target"), _("The figure to be reached."), most=20, inputmode="decimal"),
        "due_on": _day(_("To be reached by")),
        "means": _line(
            _("How one can see it"), _("A register, a survey, a law: where the figure comes from.")
        ),
        "disaggregations": lambda: forms.MultipleChoiceField(
            label=_("Told apart by"),
            required=False,
            choices=Disaggregation,
            widget=forms.CheckboxSelectMultiple,
        ),
        "key": lambda: forms.CharField(required=False, widget=forms.HiddenInput),
    }

    def rows_of(self, draft: Pledge) -> list[Row]:
        return [
            {
                "statement": row.statement,
                "unit": row.unit,
                "baseline": figure(row.baseline),
                "baseline_year": str(row.baseline_year or ""),
                "no_baseline_because": row.no_baseline_because,
                "target": figure(row.target),
                "due_on": row.due_on.isoformat() if row.due_on else "",
                "means": row.means,
                "disaggregations": sorted(row.disaggregations),
                "key": str(row.key),
            }
            for row in draft.goals.all()
        ]

    def read(self, at: int, row: Row) -> tuple[Any, list[Problem]]:
        problems = [
            Problem(name, _("Write a figure, such as 1500 or 12.5."))
            for name in ("baseline", "target")
            if row[name] and amount_of(row[name]) is None
        ]
        problems += [
            Problem(name, TWO_WAYS % {"typed": row[name]})
            for name in ("baseline", "target")
            if is_ambiguous(row[name])
        ]
        year = row["baseline_year"]
        if year and not (year.isdecimal() and 1950 <= int(year) <= 2100):
            problems.append(Problem("baseline_year", _("Write a year, such as 2023.")))
        if row["due_on"] and day_of(row["due_on"]) is None:
            told = day_problem(row["due_on"], _("Write a day, such as 2026-12-31."))
            problems.append(Problem("due_on", told))
        if problems:
            return None, problems
        goal = Goal(
            statement=row["statement"],
            key=_key(row["key"]),
            baseline=amount_of(row["baseline"]),
            baseline_year=int(year) if year else None,
            no_baseline_because=row["no_baseline_because"],
            target=amount_of(row["target"]),
            unit=row["unit"],
            due_on=day_of(row["due_on"]),
            means=row["means"],
            disaggregations=tuple(code for code in Disaggregation.values if code in row["disaggregations"]),
        )
        return goal, goal_problems(goal)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
