"""What is left out of a text, as a moderator marks it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import MAX_REASON, LinesField, ReasonField
from portal.submissions.redress.redacting import ALL, FILE, NO_TEXT
from portal.submissions.redress_grounds import REDACTED


class RedactionForm(forms.Form):
    """`texts` are names of texts with what they are called, `files` keys of files with their titles."""

    field = forms.ChoiceField(
        label=_("In which text, or which file"),
        error_messages={"required": NO_TEXT, "invalid_choice": NO_TEXT},
    )
    words = LinesField(
        label=_("Words to leave out"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Copy them from what was submitted, exactly as they are; they are left out wherever they stand "
            "there. In a browser with scripts, marking them there fills this in. A file goes as a whole: "
            "it needs no words here."
        ),
    )
    ground = forms.ChoiceField(
        label=_("Why"),
        choices=[("", _("Choose")), *REDACTED],
        help_text=_("Readers read this in the place of the words."),
        error_messages={"required": _("Choose why.")},
    )
    reason = ReasonField(
        read_by=_("The authors read this as you write it. Do not repeat the words."),
        missing=_("Say why, so that the authors know."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        texts: Sequence[tuple[str, str]],
        language: str,
        files: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data)
        field: Any = self.fields["field"]
        whole = [(f"{FILE}{key}", _("The whole file “%(title)s”") % {"title": title}) for key, title in files]
        field.choices = [(ALL, _("In all of it")), *texts, *whole]
        self.fields["words"].widget.attrs["lang"] = language
        reason: Any = self.fields["reason"]
        reason.ask_in(language)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("words") and not str(given.get("field", "")).startswith(FILE):
            self.add_error("words", _("Copy the words to leave out."))
        return given
