"""The one page on which a report is written; the desk's views call it. A save never needs a complete form."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines, one_line
from portal.common.days import day_problem
from portal.common.errors import Problem
from portal.files.models import StoredFile
from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.reports.drafts import (
    FACTORS,
    LONGEST_FIGURE,
    MAX_WORDS,
    NO_DAY,
    ReportFields,
    day_of,
    report_problems,
)
from portal.reports.enums import Barrier, Enabler, Support
from portal.reports.goals import Goal, goals_of, promise_of, written
from portal.reports.models import Report
from portal.reports.queries import shown_for
from portal.submissions.forms import as_keys
from portal.submissions.steps import FieldsForm

GROUPS = {
    "barriers": (_("What stands in the way"), Barrier),
    "enablers": (_("What helps"), Enabler),
    "support": (_("What would help"), Support),
}


def _factor_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    return [
        (heading, [(f"{name}.{code}", label) for code, label in known.choices])
        for name, (heading, known) in GROUPS.items()
    ]


class ReportForm(FieldsForm):
    """`figure_*` are one field for each goal; `factors` are barriers, enablers and support in one."""

    texts = ("text",)
    by_hand = frozenset({"drop"})

    stage = forms.ChoiceField(
        label=_("Stage: how far are you?"),
        choices=ReportedStage,
        widget=forms.RadioSelect,
        help_text=_("“Fulfilled” shows as claimed until it is assessed."),
    )
    day = forms.CharField(
        label=_("As of which day?"),
        help_text=_("The last day that you tell of. Not a day to come."),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What was done?"),
        help_text=_("Two or three sentences, without names of persons."),
        widget=forms.Textarea(attrs={"rows": 5, "data-max-words": MAX_WORDS, "autocomplete": "off"}),
    )
    factors = forms.MultipleChoiceField(
        label=_("What helps, and what does not?"),
        choices=_factor_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tier = forms.ChoiceField(
        label=_("What can you show for it?"), choices=EvidenceTier, help_text=_("Everybody sees this.")
    )
    evidence = forms.FileField(
        label=_("The document"),
        required=False,
        help_text=_(
            "PDF, Word, text or picture. Everybody sees a copy from which the author’s name and the place "
            "are taken out; the file as you gave it stays with us."
        ),
    )
    drop = forms.MultipleChoiceField(
        label=_("Documents to leave out"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, draft: Report) -> None:
        self.goals: tuple[Goal, ...] = goals_of(promise_of(draft.pledge))
        super().__init__(data, draft=draft)
        for goal in self.goals:
            self.fields[goal.field] = forms.CharField(
                label=goal.label,
                required=False,
                help_text=goal.aim,
                initial=draft.figures.get(goal.key, ""),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        self.order_fields(["stage", *(goal.field for goal in self.goals), "day", "text"])
        self._offer_kept(shown_for(draft.pk).files)

    def _offer_kept(self, files: Sequence[StoredFile]) -> None:
        """A box for each paper that is there; without any there is no field."""
        self.fields.pop("drop", None)
        if files:
            boxes: Any = deepcopy(self.base_fields["drop"])
            boxes.choices = [(str(file.key), file.name) for file in files]
            self.fields["drop"] = boxes

    def values_of(self, draft: Report) -> dict[str, Any]:
        values = {
            "stage": draft.stage,
            "day": draft.reported_on.isoformat() if draft.reported_on else "",
            "text": draft.text,
            "factors": sorted(f"{name}.{code}" for name in FACTORS for code in getattr(draft, name)),
            "tier": draft.tier,
        }
        return values | {goal.field: draft.figures.get(goal.key, "") for goal in self.goals}

    def typed(self) -> dict[str, Any]:
        """Days and numbers in whatever form they were typed; compared and kept in one."""
        sent = {name: self.data.get(name, "") for name in ("stage", "tier")}
        typed = one_line(self.data.get("day", ""))
        day = day_of(typed)
        figures = {goal.field: written(one_line(self.data.get(goal.field, ""))) for goal in self.goals}
        return {
            **sent,
            "day": day.isoformat() if day else typed,
            "text": many_lines(self.data.get("text", "")),
            "factors": sorted({*self._sent("factors")}),
            **figures,
        }

    def fields_to_save(self) -> ReportFields:
        typed, unfit = self.typed(), {problem.field for problem in self._unfit}
        kept = [goal for goal in self.goals if typed[goal.field] and goal.field not in unfit]
        figures = {goal.key: typed[goal.field] for goal in kept}
        return ReportFields(
            is_unchanged=False,
            day=typed["day"] if "day" not in unfit else None,
            stage=typed["stage"] if typed["stage"] in ReportedStage.values else None,
            tier=typed["tier"] if typed["tier"] in EvidenceTier.values else None,
            text=typed["text"],
            figures=figures,
            dropped=self.dropped,
            **self._factors(),
        )

    def _factors(self) -> dict[str, Any]:
        sent = self._sent("factors")
        return {
            name: [code for code in known.values if f"{name}.{code}" in sent]
            for name, known in FACTORS.items()
        }

    @property
    def dropped(self) -> tuple[UUID, ...]:
        return as_keys(self._sent("drop"))

    def _sent(self, name: str) -> list[str]:
        getlist: Any = getattr(self.data, "getlist", None)
        values: list[str] = getlist(name) if getlist else []
        return values

    @property
    def fits(self) -> bool:
        return not self._unfit

    @property
    def _unfit(self) -> list[Problem]:
        """What the table cannot hold: it stays in the form."""
        typed = self.typed()
        unfit = []
        if typed["day"] and day_of(typed["day"]) is None:
            unfit.append(Problem("day", day_problem(typed["day"], NO_DAY)))
        unfit += [
            Problem(goal.field, _("Shorten the number."))
            for goal in self.goals
            if len(typed[goal.field]) > LONGEST_FIGURE
        ]
        return unfit

    def problems(self) -> list[Problem]:
        """Asked after the save: the papers are those that are stored then."""
        files = shown_for(self.draft.pk).files
        self._offer_kept(files)
        typed, unfit = self.typed(), self._unfit
        written = Report(
            pledge=self.draft.pledge,
            organization_id=self.draft.organization_id,
            reported_on=day_of(typed["day"]),
            figures={goal.key: typed[goal.field] for goal in self.goals},
            **{name: typed[name] for name in ("stage", "text", "tier")},
        )
        known = {problem.field for problem in unfit}
        return [*unfit, *(row for row in report_problems(written, files) if row.field not in known)]
