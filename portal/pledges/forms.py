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
    number_problems,
    pledge_problems,
)
from portal.pledges.enums import FORUMS, ReportedStage
from portal.pledges.models import Pledge
from portal.pledges.numbers import normal_number
from portal.pledges.public_targets import example_number, keys_of_numbers, numbers_of_keys
from portal.pledges.queries import linkable_interventions, outcomes_of, sources_of
from portal.publication.enums import RecordKind, Relation
from portal.submissions.forms import as_keys
from portal.submissions.states import STATES
from portal.submissions.steps import StepForm, WritingForm
from portal.taxonomy.enums import Outcome

# Fields in which public numbers are typed.
NUMBERED = {"others": RecordKind.INTERVENTION, "recommendations": RecordKind.RECOMMENDATION}
FORUM_CHOICES = [("", _("Choose a forum")), *((year, year) for year in FORUMS)]


class PledgeForm(WritingForm):
    """`stage` is asked for until somebody reports on the pledge: from then on the newest report says it."""

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
        label=_("Stage"),
        choices=ReportedStage,
        widget=forms.RadioSelect,
        help_text=_("What your organization says itself. “Fulfilled” shows as claimed until it is assessed."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        super().__init__(data, draft=draft)
        if draft.reported_on is not None:
            del self.fields["stage"]

    def typed(self) -> dict[str, Any]:
        """The number in its normal form, where the table holds it."""
        values = super().typed()
        if self.draft.reported_on is not None:
            values["stage"] = str(self.draft.stage)
        number = normal_number(values["external_id"])
        return values | ({"external_id": number} if len(number) <= MAX_EXTERNAL_ID else {})

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
        else:
            unfit += number_problems("external_id", normal_number(typed["external_id"]), draft)
        return [*unfit, *self.title_problems()]

    def problems(self) -> list[Problem]:
        typed = self.typed()
        problems = [*self._unfit, *pledge_problems(Pledge(**typed))]
        if typed["stage"] not in ReportedStage.values:
            problems.append(Problem("stage", _("Say how far the pledge has come.")))
        return problems


class LinksForm(StepForm):
    """`others` are interventions of others and `recommendations` recommendations, by their public numbers."""

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
    others = forms.CharField(
        label=_("Interventions of others it follows from"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    recommendations = forms.CharField(
        label=_("Recommendations it takes up"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, draft: Pledge) -> None:
        self._own = list(linkable_interventions(draft.organization_id))
        super().__init__(data, initial=self.values_of(draft))
        field: Any = self.fields["interventions"]
        field.choices = [
            (str(row.key), f"{row.title} ({STATES.label(row.state, FEMININE)})") for row in self._own
        ]
        for name, kind in NUMBERED.items():
            told = {"number": example_number(kind)}
            self.fields[name].help_text = (
                _("Their numbers, such as %(number)s, with blanks between them.") % told
            )
        if not self._own:
            del self.fields["interventions"]

    def values_of(self, draft: Pledge) -> dict[str, Any]:
        own, sources = {row.key for row in self._own}, sources_of(draft)
        taken_up = [row.target for row in draft.links.all() if row.relation == Relation.TAKES_UP]
        others = [key for key in sources if key not in own]
        return {
            "outcomes": sorted(outcomes_of(draft)),
            "interventions": sorted(str(key) for key in sources if key in own),
            "others": " ".join(numbers_of_keys(RecordKind.INTERVENTION, others)),
            "recommendations": " ".join(numbers_of_keys(RecordKind.RECOMMENDATION, taken_up)),
        }

    def typed(self) -> dict[str, Any]:
        keys = [str(key) for key in as_keys(self._sent("interventions"))]
        return {
            "outcomes": sorted(set(self._sent("outcomes"))),
            "interventions": sorted(keys),
            "others": " ".join(self._numbers("others")),
            "recommendations": " ".join(self._numbers("recommendations")),
        }

    def _sent(self, name: str) -> list[str]:
        values: list[str] = self.data.getlist(name)  # type: ignore[attr-defined]
        return values

    def _numbers(self, name: str) -> list[str]:
        return str(self.data.get(name, "")).replace(",", " ").replace(";", " ").upper().split()

    def fields_to_save(self) -> PledgeFields:
        known = [value for value in Outcome.values if value in self._sent("outcomes")]
        own = as_keys(self._sent("interventions"))
        others = keys_of_numbers(RecordKind.INTERVENTION, self._numbers("others"))
        taken_up = keys_of_numbers(RecordKind.RECOMMENDATION, self._numbers("recommendations"))
        return PledgeFields(
            outcomes=tuple(known),
            intervention_keys=(*own, *others.values()),
            recommendations=tuple(taken_up.values()),
        )

    def _number_problems(self) -> list[Problem]:
        problems = []
        for name, kind in NUMBERED.items():
            typed = self._numbers(name)
            unknown = [number for number in typed if number not in keys_of_numbers(kind, typed)]
            if unknown:
                told = _("Nothing public here has this number: %(numbers)s.")
                problems.append(Problem(name, told % {"numbers": ", ".join(unknown)}))
        return problems

    @property
    def fits(self) -> bool:
        return not self._number_problems()

    def problems(self) -> list[Problem]:
        chosen = [value for value in self._sent("outcomes") if value in Outcome.values]
        return [*link_problems(chosen), *self._number_problems()]
