"""The form of a programme or project of a network; its desk views call it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.amounts import amount_of
from portal.common.characters import one_line
from portal.common.choices import country_codes
from portal.common.forms import DayField, LineField, TypedField
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.networks.enums import ProjectState
from portal.networks.forms import NodesField
from portal.networks.models import Project
from portal.networks.projects import ProjectFields


class AmountField(TypedField):
    """An amount of money that may be left out, read as pledges read theirs."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, required=False, max_length=20)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}" if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        typed = one_line(super().clean(value))
        amount = amount_of(typed)
        if typed and (amount is None or amount < 0):
            raise forms.ValidationError(_("Write a number, such as 25000."))
        return amount


class ProjectForm(forms.Form):
    """A title in each language or in some; everything else may be left out."""

    state = forms.ChoiceField(label=_("State"), choices=ProjectState.choices)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    amount = AmountField(label=_("Amount"))
    currency = LineField(
        label=_("Currency"), max_length=3, required=False, help_text=_("Three letters, such as USD.")
    )
    funders = TypedField(
        label=_("Funders"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One in a line."),
    )
    countries = forms.MultipleChoiceField(label=_("Countries"), choices=country_codes, required=False)
    nodes = NodesField(
        label=_("Parts of plans it works on"),
        help_text=_("Their keys, such as chile-2024:1.1, with a space between them."),
    )

    def __init__(self, data: Any = None, *, project: Project | None = None) -> None:
        initial: dict[str, Any] = {"state": ProjectState.RUNNING.value}
        if project is not None:
            names = (*self.base_fields, *(f"title_{code}" for code in CODES))
            initial = {name: getattr(project, name) for name in names}
            initial["funders"] = "\n".join(project.funders)
        super().__init__(data, initial=initial)
        for code in CODES:
            label = _("Title in %(language)s") % {"language": LANGUAGE_NAMES[code]}
            widget = forms.TextInput(attrs={"lang": code})
            self.fields[f"title_{code}"] = LineField(
                label=label, max_length=300, required=False, widget=widget
            )
        self.order_fields([f"title_{code}" for code in CODES])

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def given(self) -> ProjectFields:
        """What a valid form says."""
        typed = dict(self.cleaned_data)
        lines = (one_line(line) for line in typed.pop("funders").splitlines())
        countries = tuple(typed.pop("countries"))
        return ProjectFields(**typed, funders=tuple(line for line in lines if line), countries=countries)
