"""Forms of the steps of a pledge; the desk's views call them. A save never needs a complete form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_choices
from portal.common.countries import COUNTRIES
from portal.common.errors import Problem
from portal.common.languages import CODES
from portal.common.phrases import too_long
from portal.common.states import FEMININE
from portal.pledges.drafts import (
    MAX_DESCRIPTION_WORDS,
    MAX_EXTERNAL_ID,
    PledgeFields,
    link_problems,
    pledge_problems,
)
from portal.pledges.enums import FORUMS, ReportedStage
from portal.pledges.models import Pledge
from portal.pledges.queries import external_id_taken, linkable_interventions, outcomes_of, sources_of
from portal.submissions.forms import as_keys
from portal.submissions.states import STATES
from portal.submissions.steps import StepForm, WritingForm
from portal.taxonomy.enums import Outcome

FORUM_CHOICES = [("", _("Choose a forum")), *((year, year) for year in FORUMS)]


class PledgeForm(WritingForm):
    lines = ("external_id", "title")
    texts = ("description",)
    field_order = ("external_id", "forum", "title", "description", "stage", "country", "language")

    external_id = forms.CharField(
        label=_("Number of the pledge"),
        help_text=_("As given in the list of Global Refugee Forum pledges, such as GRF-01234."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    forum = forms.ChoiceField(label=_("Global Refugee Forum"), choices=FORUM_CHOICES)
    description = forms.CharField(
        label=_("What was pledged"),
        help_text=_("Up to 600 words. An empty line starts a new paragraph."),
        widget=forms.Textarea(
            attrs={"rows": 10, "data-max-words": MAX_DESCRIPTION_WORDS, "autocomplete": "off"}
        ),
    )
    stage = forms.ChoiceField(
        label=_("Current state"),
        choices=ReportedStage,
        widget=forms.RadioSelect,
        help_text=_("What your organization says itself. “Fulfilled” shows as claimed until it is assessed."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)

    def fields_to_save(self) -> PledgeFields:
        typed = self.typed()
        allowed = {
            "forum": {"", *FORUMS},
            "stage": set(ReportedStage.values),
            "country": {"", *COUNTRIES},
            "language": set(CODES),
        }
        kept = {name: typed[name] for name, values in allowed.items() if typed[name] in values}
        unfit = {problem.field for problem in self._unfit}
        texts = {name: typed[name] for name in ("external_id", "title", "description") if name not in unfit}
        return PledgeFields(**kept, **texts)

    @property
    def fits(self) -> bool:
        return not self._unfit

    @property
    def _unfit(self) -> list[Problem]:
        """What the table cannot hold: it stays in the form."""
        typed, draft = self.typed(), self.draft
        unfit = []
        if (over := len(typed["external_id"]) - MAX_EXTERNAL_ID) > 0:
            unfit.append(Problem("external_id", too_long(over)))
        elif external_id_taken(draft.organization_id, typed["external_id"], but=draft.pk):
            unfit.append(Problem("external_id", _("Your organization has another pledge with this number.")))
        return [*unfit, *self.title_problems()]

    def problems(self) -> list[Problem]:
        typed = self.typed()
        problems = [*self._unfit, *pledge_problems(Pledge(**typed))]
        if typed["stage"] not in ReportedStage.values:
            problems.append(Problem("stage", _("Say how far the pledge has come.")))
        return problems


class LinksForm(StepForm):
    outcomes = forms.MultipleChoiceField(
        label=_("Outcomes it serves"),
        choices=Outcome,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of the Cartagena+40 multi-stakeholder pledge. Choose one or more."),
    )
    interventions = forms.MultipleChoiceField(
        label=_("Interventions it follows from"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Your organization's own. The pledge is then listed under the questions they are about."),
    )

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        super().__init__(data, initial=self.values_of(draft))
        own = list(linkable_interventions(draft.organization_id))
        field: Any = self.fields["interventions"]
        field.choices = [(str(row.key), f"{row.title} ({STATES.label(row.state, FEMININE)})") for row in own]
        if not own:
            del self.fields["interventions"]

    def values_of(self, draft: Pledge) -> dict[str, Any]:
        sources = [str(key) for key in sources_of(draft)]
        return {"outcomes": sorted(outcomes_of(draft)), "interventions": sorted(sources)}

    def typed(self) -> dict[str, Any]:
        keys = [str(key) for key in as_keys(self._sent("interventions"))]
        return {"outcomes": sorted(set(self._sent("outcomes"))), "interventions": sorted(keys)}

    def _sent(self, name: str) -> list[str]:
        values: list[str] = self.data.getlist(name)  # type: ignore[attr-defined]
        return values

    def fields_to_save(self) -> PledgeFields:
        known = [value for value in Outcome.values if value in self._sent("outcomes")]
        return PledgeFields(outcomes=tuple(known), intervention_keys=as_keys(self._sent("interventions")))

    def problems(self) -> list[Problem]:
        return link_problems([value for value in self._sent("outcomes") if value in Outcome.values])
