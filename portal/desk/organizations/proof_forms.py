"""Forms of verification at the desk: a file, whom to ask, a word about others, an appeal; views call them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LineField, LinesField
from portal.files.refusals import EMPTY

LONGEST = 4000
LONGEST_SENTENCE = 600


class FileForm(forms.Form):
    """One file at a time."""

    file = forms.FileField(
        label=_("Add a file"),
        help_text=_("PDF, Word (DOCX) or a picture, at most 10 MB. Only the secretariat reads it."),
        error_messages={
            "required": _("Choose a file."),
            "empty": EMPTY,
        },
    )


class AskForm(forms.Form):
    """A verified organization, by name or number."""

    voucher = LineField(
        label=_("Ask a verified organization"),
        max_length=200,
        help_text=_("Its name as in the public list, or its number such as O-00007."),
        error_messages={"required": _("Name the organization.")},
    )


class WordForm(forms.Form):
    """Yes or no about somebody, in a sentence."""

    vouches = forms.ChoiceField(
        label=_("Do you vouch for it?"),
        choices=[("yes", _("Yes, we know it")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )
    sentence = LinesField(
        label=_("In a sentence: how do you know it, or why not?"),
        max_length=LONGEST_SENTENCE,
        help_text=_("The secretariat and who asked you read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence how you know it, or why not.")},
    )


class AppealForm(forms.Form):
    """What the organization says against a refusal."""

    text = LinesField(
        label=_("Why is the refusal wrong?"),
        max_length=LONGEST,
        help_text=_("You can appeal once. Somebody else than who declined it reads this and decides."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say why the refusal is wrong.")},
    )

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        self.fields["text"].widget.attrs["lang"] = language


class RiskForm(forms.Form):
    """By the protection focal point: whether two people decide, and why."""

    is_at_risk = forms.BooleanField(label=_("At risk: two moderators verify it"), required=False)
    reason = LinesField(
        label=_("Why"),
        max_length=LONGEST,
        help_text=_("Colleagues who decide read this; the organization does not."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, for the colleagues who decide.")},
    )
