"""Forms of translations: one field for each piece of the original; views call them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.common.forms import LineField, LinesField
from portal.common.phrases import language_in_text
from portal.submissions.cut_faces import LONGEST_TITLE
from portal.submissions.cuts import TITLE
from portal.translations.enums import EnteredAs
from portal.translations.queries import Part, texts_in

LONGEST_REASON, LONGEST_SOURCE = 4000, 200
# A translation may be longer than its original, but not without end.
SHORTEST_LIMIT, TIMES = 2000, 3
PREFIX = "text"
NOT_TRANSLATED = _("%(part)s: write this part too, so that readers have the whole text.")
# What stands in the place of words that are left out, as `cuts.mark` writes it, or with three points.
MARK = re.compile(r"\[(?:…|\.\.\.)")


KEEP_MARKS = _("The original says with […] where a passage is left out. Keep each of these marks.")


class TranslationForm(forms.Form):
    """`parts` are the pieces of the original; who speaks for its organization is not asked what it is."""

    entered_as = forms.ChoiceField(
        label=_("What it is"),
        choices=[row for row in EnteredAs.choices if row[0] != EnteredAs.ORGANIZATION],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    source = LineField(
        label=_("Service, tool or source"),
        required=False,
        max_length=LONGEST_SOURCE,
        help_text=_(
            "Readers read it as you write it: the service that translated it, or the tool of a machine’s "
            "draft. Of other translations you may say where they are from."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    original = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, parts: Sequence[Part], into: str, is_own: bool, initial: Any
    ) -> None:
        super().__init__(data, initial=initial)
        self.parts, self.is_own = parts, is_own
        if is_own:
            del self.fields["entered_as"]
        for part in parts:
            field = self.fields[self._name(part)] = _field_of(part, into)
            field.widget.attrs |= {"lang": into}

    def pairs(self) -> list[dict[str, Any]]:
        """Each piece of the original beside its field."""
        return [{"part": part, "field": self[self._name(part)]} for part in self.parts]

    def left_over(self) -> list[str]:
        """What was typed for pieces that the original has no more."""
        typed = self.data.items() if self.is_bound else ()
        return [
            text
            for name, text in typed
            if name.startswith(f"{PREFIX}-") and name not in self.fields and str(text).strip()
        ]

    def entered(self) -> dict[str, Any]:
        """Of a valid form, for `domain.Entered`."""
        written = {part.field: self.cleaned_data[self._name(part)] for part in self.parts}
        title, texts = texts_in(self.parts, written)
        how = EnteredAs.ORGANIZATION if self.is_own else EnteredAs(self.cleaned_data["entered_as"])
        told = {name: self.cleaned_data[name] for name in ("source", "original")}
        return {"entered_as": how, "title": title, "texts": texts, **told}

    def show_anew(self, **hidden: str) -> None:
        """The page holds what stands now, so that sending it again goes on from there."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, **hidden}

    @staticmethod
    def _name(part: Part) -> str:
        return f"{PREFIX}-{part.field}"


class TakeOffForm(forms.Form):
    """Why an organization does not want a translation of its text to stand."""

    reason = LinesField(
        label=_("Why should it be taken off?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Somebody of the secretariat reads it beside the original and decides."),
        error_messages={"required": _("Say why, so that the secretariat can decide.")},
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """Refuses a translation with fewer marks than its original: its page says that each is there."""

    number: int

    def __call__(self, text: str) -> None:
        missing = self.number - len(MARK.findall(text))
        if missing > 0:
            told = ngettext(
                "A passage is left out of the original here. Write […] where it was.",
                "%(number)s passages are left out of the original here. Write […] where each of them was.",
                self.number,
            )
            raise ValidationError(told % {"number": self.number})


def _field_of(part: Part, into: str) -> forms.Field:
    given: dict[str, Any] = {
        "label": f"{part.label} ({language_in_text(into)})",
        "error_messages": {"required": NOT_TRANSLATED % {"part": part.label}},
        "validators": [Marked(len(MARK.findall(part.words)))],
        "help_text": KEEP_MARKS if MARK.search(part.words) else "",
    }
    if part.name == TITLE:
        return LineField(max_length=LONGEST_TITLE, **given)
    rows = min(20, 3 + len(part.words) // 90)
    limit = max(SHORTEST_LIMIT, TIMES * len(part.words))
    return LinesField(max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **given)
