"""The one form of moderation: a reason for the authors, and a ground where the decision names one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField, ReasonField
from portal.common.reviews import DecisionType
from portal.moderation.queue_models import LONGEST_NOTE
from portal.submissions.models import Measure


class NoteForm(forms.Form):
    """For the secretariat alone."""

    text = LinesField(
        label=_("Internal note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "n"}),
        help_text=_("Only the secretariat reads it, never the authors. You can delete your own."),
        error_messages={
            "required": _("Write the note first."),
            "max_length": _("Shorten the note to %(limit_value)d characters."),
        },
    )

    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="id_note_%s")


class ReasonForm(forms.Form):
    """Each button that needs a reason has its own form; `name` keeps their ids apart."""

    def __init__(
        self, typed: Any = None, *, name: str, reason: ReasonField, grounds: Sequence[tuple[str, Any]] = ()
    ) -> None:
        super().__init__(typed, auto_id=f"id_{name}_%s")
        if grounds:
            self.fields["ground"] = forms.ChoiceField(
                label=_("Why"),
                choices=[("", _("Choose")), *grounds],
                error_messages={"required": _("Choose why.")},
            )
        self.fields["reason"] = reason


def reason_form(decision: DecisionType, typed: Any = None, *, language: str = "") -> ReasonForm:
    """That of a decision which needs one; `language` is that of what it is about."""
    reason = ReasonField(
        read_by=decision.read_by or _("The authors read this as you write it, in the portal and by mail."),
        missing=decision.asks_why or _("Say why, so that the authors know what to correct."),
        rows=4,
    )
    if language and decision.in_its_language:
        reason.ask_in(language)
    return ReasonForm(typed, name=decision.code, reason=reason, grounds=decision.grounds)


def readmit_form(measure: Measure, typed: Any = None) -> ReasonForm:
    """Why words that were left out before may be public now."""
    reason = ReasonField(
        label=_("Why they may be public now"),
        read_by=_("Only the secretariat reads it."),
        missing=_("Say why they may be public now."),
        rows=2,
    )
    return ReasonForm(typed, name=f"may_{measure.pk}", reason=reason)
