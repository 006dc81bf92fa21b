"""The one form of moderation: a reason for the authors, and a ground where the decision names one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField
from portal.common.reviews import DecisionType, Phrase
from portal.moderation.queue_models import LONGEST_NOTE

MAX_REASON = 4000


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


class ReadmitForm(forms.Form):
    """Why words that were left out before may be public now; `name` keeps the ids of several apart."""

    reason = LinesField(
        label=_("Why they may be public now"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the secretariat reads it."),
        error_messages={
            "required": _("Say why they may be public now."),
            "max_length": _("Shorten the reason to %(limit_value)d characters."),
        },
    )

    def __init__(self, typed: QueryDict | None = None, *, name: str) -> None:
        super().__init__(typed, auto_id=f"id_{name}_%s")


class ReasonForm(forms.Form):
    """Each button that needs a reason has its own form; `name` keeps their ids apart."""

    reason = LinesField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The authors read this as you write it, in the portal and by mail."),
        error_messages={
            "required": _("Say why, so that the authors know what to correct."),
            "max_length": _("Shorten the reason to %(limit_value)d characters."),
        },
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        name: str,
        grounds: Sequence[tuple[str, Any]] = (),
        read_by: Phrase = "",
        asks_why: Phrase = "",
    ) -> None:
        super().__init__(typed, auto_id=f"id_{name}_%s")
        reason = self.fields["reason"]
        reason.help_text = read_by or reason.help_text
        reason.error_messages["required"] = asks_why or reason.error_messages["required"]
        if grounds:
            self.fields["ground"] = forms.ChoiceField(
                label=_("Why"),
                choices=[("", _("Choose")), *grounds],
                error_messages={"required": _("Choose why.")},
            )
            self.order_fields(["ground", "reason"])


def reason_form(decision: DecisionType, typed: QueryDict | None = None) -> ReasonForm:
    """That of a decision which needs one."""
    return ReasonForm(
        typed,
        name=decision.code,
        grounds=decision.grounds,
        read_by=decision.read_by,
        asks_why=decision.asks_why,
    )
