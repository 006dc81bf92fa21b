"""Steps of a pledge that say what it is, when it runs, what it brings, and which actions it carries out."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.amounts import amount_of
from portal.common.characters import many_lines, one_line
from portal.common.currencies import CURRENCIES
from portal.common.days import day_problem
from portal.common.errors import Problem
from portal.common.languages import DEFAULT
from portal.plan.enums import NodeKind
from portal.plan.queries import choices as node_choices
from portal.plan.queries import exists
from portal.pledges.drafts import (
    TWO_WAYS,
    Frame,
    PledgeFields,
    frame_problems,
    numbers_problems,
    umbrella_problems,
)
from portal.pledges.enums import Contribution, PledgeKind
from portal.pledges.models import Pledge
from portal.pledges.numbers import normal_number
from portal.pledges.parts import figure
from portal.pledges.queries import public_umbrellas
from portal.pledges.typed import day_of, is_ambiguous
from portal.publication.enums import Relation
from portal.submissions.forms import as_keys
from portal.submissions.steps import StepForm


def _day_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"type": "date"}))


class FrameForm(StepForm):
    pledge_kind = forms.ChoiceField(
        label=_("Kind of pledge"),
        choices=PledgeKind,
        widget=forms.RadioSelect,
        help_text=_("A joint pledge is one pledge of several parties: it is written down once."),
    )
    part_of = forms.ChoiceField(
        label=_("Part of an umbrella pledge"),
        required=False,
        help_text=_("Such as the Cartagena+40 multi-stakeholder pledge."),
    )
    contributions = forms.MultipleChoiceField(
        label=_("What the parties bring"),
        choices=Contribution,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs = forms.MultipleChoiceField(
        label=_("What the parties need from others"),
        choices=Contribution,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody sees it, and who offers it is proposed to you."),
    )
    starts_on, ends_on = _day_field(_("First day")), _day_field(_("Last day"))
    amount = forms.CharField(
        label=_("Amount of money"),
        required=False,
        help_text=_("In the currency in which it was promised; nothing is converted."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        choices=[("", _("Choose a currency")), *((code, code) for code in CURRENCIES)],
    )
    numbers = forms.CharField(
        label=_("Numbers in other lists"),
        required=False,
        help_text=_("Where the same pledge stands elsewhere too; a semicolon between two numbers."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        self.draft = draft
        super().__init__(data, initial=self.values_of(draft))
        field: Any = self.fields["part_of"]
        field.choices = [("", _("None")), *self._umbrellas(draft)]

    def _umbrellas(self, draft: Pledge) -> list[tuple[str, Any]]:
        """Also the one that was chosen and is not public now: saving the form keeps it."""
        rows = public_umbrellas().exclude(source_key=draft.key).values_list("source_key", "title")
        offered: list[tuple[str, Any]] = [(str(key), title) for key, title in rows]
        chosen = str(draft.part_of.key) if draft.part_of else ""
        if chosen and chosen not in dict(offered):
            offered.append((chosen, _("The one chosen before, which is not public now")))
        return offered

    def values_of(self, draft: Pledge) -> dict[str, Any]:
        return {
            "pledge_kind": str(draft.pledge_kind),
            "part_of": str(draft.part_of.key) if draft.part_of else "",
            "contributions": sorted(draft.contributions),
            "needs": sorted(draft.needs),
            "starts_on": draft.starts_on.isoformat() if draft.starts_on else "",
            "ends_on": draft.ends_on.isoformat() if draft.ends_on else "",
            "amount": figure(draft.amount),
            "currency": draft.currency,
            "numbers": "; ".join(row.number for row in draft.numbers.all()),
        }

    def typed(self) -> dict[str, Any]:
        data: Any = self.data
        values = {name: one_line(data.get(name, "")) for name in self.base_fields}
        amount = None if is_ambiguous(values["amount"]) else amount_of(values["amount"])
        return values | {
            **{name: sorted(data.getlist(name)) for name in ("contributions", "needs")},
            "amount": figure(amount) if amount is not None else values["amount"],
            "numbers": "; ".join(self._numbers(values["numbers"])),
        }

    def _numbers(self, text: str) -> list[str]:
        parts = text.replace(",", ";").split(";")
        return list(dict.fromkeys(number for part in parts if (number := normal_number(part))))

    @cached_property
    def _frame(self) -> Frame:
        typed, keys = self.typed(), as_keys([self.data.get("part_of", "")])
        return Frame(
            pledge_kind=typed["pledge_kind"] or PledgeKind.INDIVIDUAL,
            contributions=tuple(code for code in Contribution.values if code in typed["contributions"]),
            needs=tuple(code for code in Contribution.values if code in typed["needs"]),
            starts_on=day_of(typed["starts_on"]),
            ends_on=day_of(typed["ends_on"]),
            amount=amount_of(typed["amount"]),
            currency=typed["currency"],
            numbers=tuple(self._numbers(typed["numbers"])),
            part_of=keys[0] if keys else None,
        )

    @cached_property
    def _faults(self) -> list[Problem]:
        typed = self.typed()
        faults = [
            Problem(name, day_problem(typed[name], _("Write a day, such as 2026-12-31.")))
            for name in ("starts_on", "ends_on")
            if typed[name] and day_of(typed[name]) is None
        ]
        if typed["amount"] and amount_of(typed["amount"]) is None:
            faults.append(Problem("amount", _("Write an amount, such as 1500000 or 12.50.")))
        if is_ambiguous(typed["amount"]):
            faults.append(Problem("amount", TWO_WAYS % {"typed": typed["amount"]}))
        faults += numbers_problems(self.draft, self._frame)
        faults += umbrella_problems(self.draft, self._frame)
        return [*faults, *frame_problems(self._frame)]

    def problems(self) -> list[Problem]:
        return self._faults

    @property
    def fits(self) -> bool:
        return not self._faults

    def fields_to_save(self) -> PledgeFields:
        """Saved as a whole; where one field has a fault all of it stays in the form."""
        return PledgeFields(frame=self._frame) if self.fits else PledgeFields()


class ActionsForm(StepForm):
    """Checkboxes by axis; what was chosen and is no part of the plan any more stays."""

    actions = forms.MultipleChoiceField(
        label=_("Actions of the plan it carries out"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose the few that the pledge really carries out."),
    )

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        super().__init__(data, initial=self.values_of(draft))
        field: Any = self.fields["actions"]
        field.choices = action_groups(get_language() or DEFAULT)

    def values_of(self, draft: Pledge) -> dict[str, Any]:
        rows = draft.links.all()
        return {"actions": sorted(row.target for row in rows if row.relation == Relation.CARRIES_OUT)}

    def typed(self) -> dict[str, Any]:
        return {"actions": sorted(set(self.data.getlist("actions")))}  # type: ignore[attr-defined]

    def fields_to_save(self) -> PledgeFields:
        sent = self.typed()["actions"]
        known = exists(sent)
        return PledgeFields(actions=tuple(key for key in sent if key in known))


def action_groups(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The actions under the axis whose code theirs begins with. Two queries."""
    axes = dict(node_choices(language, (NodeKind.AXIS,)))
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, label in node_choices(language):
        axis = axes.get(key.partition(".")[0], "")
        groups.setdefault(axis, []).append((key, label))
    return list(groups.items())


class ReasonForm(StepForm):
    """Why a published target, baseline or date is to be another one; readers see it."""

    change_reason = forms.CharField(
        label=_("Why it is changed"),
        required=False,
        help_text=_("Where a target, a baseline or a date changes, readers see the change with this reason."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        super().__init__(data, initial=self.values_of(draft))

    def values_of(self, draft: Pledge) -> dict[str, Any]:
        return {"change_reason": draft.change_reason}

    def typed(self) -> dict[str, Any]:
        return {"change_reason": many_lines(self.data.get("change_reason", ""))}

    def fields_to_save(self) -> PledgeFields:
        return PledgeFields(change_reason=self.typed()["change_reason"])
