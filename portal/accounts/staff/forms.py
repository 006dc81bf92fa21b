"""Forms about the staff: an invitation, tasks, a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import AddressField
from portal.accounts.staff.inviting import Invited
from portal.accounts.staff.words import MAY, NAMES
from portal.common.actors import Group
from portal.common.choices import own_language_choices
from portal.common.formatting import colon
from portal.common.forms import LinesField

LONGEST = 2000


def _task_in_words(task: Group) -> str:
    return f"{colon(str(NAMES[task]))} {MAY[task]}"


_task = lazy(_task_in_words, str)


def tasks_field(*, required: bool) -> forms.TypedMultipleChoiceField:
    """Each with what it may do."""
    return forms.TypedMultipleChoiceField(
        label=_("Tasks"),
        coerce=Group,
        choices=[(each.value, _task(each)) for each in Group],
        widget=forms.CheckboxSelectMultiple,
        required=required,
        error_messages={"required": _("Choose at least one task.")},
    )


def reason_field(help_text: Any) -> LinesField:
    return LinesField(
        label=_("Reason"),
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason.")},
    )


class InviteForm(forms.Form):
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("The invitation is good for this address only."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    tasks = tasks_field(required=True)
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=own_language_choices, widget=forms.RadioSelect
    )
    reason = reason_field(_("All administrators read it."))

    def invited(self) -> Invited:
        return Invited(**self.cleaned_data)


class TasksForm(forms.Form):
    tasks = tasks_field(required=False)
    reason = reason_field(_("The person and all administrators read it."))

    def __init__(self, data: Any = None, *, had: Iterable[str] = ()) -> None:
        super().__init__(data, initial={"tasks": list(had)})


class ReasonForm(forms.Form):
    reason = reason_field(_("The person and all administrators read it."))
