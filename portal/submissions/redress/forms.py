"""Forms of redress; views call them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField

LONGEST = 4000


class AppealForm(forms.Form):
    """What the organization says against a measure, in the language of the page."""

    text = LinesField(
        label=_("Why is this wrong?"),
        max_length=LONGEST,
        help_text=_(
            "You can appeal once. Two people of the secretariat who have not decided about this text read it."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say why this is wrong.")},
    )

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        self.fields["text"].widget.attrs["lang"] = language
