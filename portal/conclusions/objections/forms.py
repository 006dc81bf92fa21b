"""Forms of an objection and of the decision about it; the views call them."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.forms import LinesField
from portal.conclusions.dispositions.forms import MAX_REASON, DispositionForm
from portal.conclusions.objections.domain import MAX_TEXT


class ObjectionForm(forms.Form):
    text = LinesField(
        label=_("Your objection"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 10, "data-max-characters": MAX_TEXT}),
        help_text=_(
            "Say what is wrong and what should be said instead. Only your organization and the secretariat "
            "read it. You can object once, and the text cannot be changed afterwards."
        ),
        error_messages={
            "required": _("Say what is wrong and what should be said instead."),
            "max_length": _("Shorten your objection to %(limit_value)d characters."),
        },
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)


def _reason(name: object) -> LinesField:
    return LinesField(
        label=cast("str", name),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "data-max-characters": MAX_REASON}),
        help_text=_("The organization reads this as you write it, in the portal and by mail. Nobody else."),
        error_messages={
            "required": _("Say why, so that the organization understands."),
            "max_length": _("Shorten the reason to %(limit_value)d characters."),
        },
    )


class DismissForm(forms.Form):
    decision_reason = _reason(_("Why it is dismissed"))

    def __init__(self, typed: QueryDict | None = None) -> None:
        """Its ids are its own: both forms stand on one page."""
        super().__init__(typed, auto_id="id_dismiss_%s")


class UpholdForm(DispositionForm):
    """What is said from now on, and why, for the organization."""

    decision_reason = _reason(_("Why it is upheld"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """First what everybody reads, then what the organization alone reads."""
        super().__init__(*args, **kwargs)
        self.fields["decision_reason"] = self.fields.pop("decision_reason")
