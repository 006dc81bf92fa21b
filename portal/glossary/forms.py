"""Forms of the glossary's pages in the admin; what is wrong with a concept the domain says."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.common.forms import LinesField, TypedField
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.files.refusals import EMPTY
from portal.taxonomy.content import Content, tidied
from portal.taxonomy.enums import ProposalOrigin
from portal.taxonomy.sheets import LIMITS

MAX_TEXT = 2_000


class FindForm(forms.Form):
    """The words the list is narrowed by, and which concepts it shows."""

    q = TypedField(label=_("Search"), required=False, max_length=200)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("in force")),
            ("single", _("without broader or narrower concepts")),
            ("removed", _("removed")),
        ],
    )


class ConceptForm(forms.Form):
    """A whole concept: four languages, broader concepts, and why it is proposed."""

    key = TypedField(
        label=_("Key"),
        required=False,
        max_length=120,
        help_text=_("Sheets know the concept by it, and it never changes. Empty: the English term."),
    )
    broader = forms.MultipleChoiceField(
        label=_("Broader concepts"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("What this concept is a kind or a part of. Hold Ctrl or Cmd to choose several or none."),
    )
    comment = LinesField(
        label=_("Why"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The second person reads it when deciding."),
    )
    is_distinct = forms.BooleanField(
        label=_("It is another concept with the same word."), required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        content: Content | None = None,
        concepts: Iterable[tuple[str, str]],
        is_new: bool,
    ) -> None:
        super().__init__(typed, initial=_initial(content) if content else None)
        self.own_key = "" if is_new or content is None else content.key
        for code in CODES:
            self._add_language(code)
        choices = [(key, label) for key, label in concepts if key != self.own_key]
        self.fields["broader"].choices = choices  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["key"]

    def _add_language(self, code: str) -> None:
        attrs = {"lang": code}
        self.fields[code] = forms.CharField(
            label=_("Preferred term"), required=False, widget=forms.TextInput(attrs=attrs)
        )
        self.fields[f"variants_{code}"] = forms.CharField(
            label=_("Variants"),
            required=False,
            help_text=_("One a line: other forms and other words for it."),
            widget=forms.Textarea(attrs={"rows": 4, **attrs}),
        )
        self.fields[f"note_{code}"] = forms.CharField(
            label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3, **attrs})
        )

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The fields of each language, for the template."""
        return [
            {
                "code": code,
                "name": LANGUAGE_NAMES[code],
                "fields": [self[code], self[f"variants_{code}"], self[f"note_{code}"]],
            }
            for code in CODES
        ]

    def content(self) -> Content:
        """What was typed. Only for a valid form."""
        typed: Mapping[str, Any] = self.cleaned_data
        return tidied(
            self.own_key or typed.get("key") or str(typed["en"]).lower(),
            {code: [typed[code], *typed[f"variants_{code}"].splitlines()] for code in CODES},
            {code: typed[f"note_{code}"] for code in CODES},
            typed["broader"],
        )

    def ask_whether_distinct(self) -> None:
        """Show the box to tick; the next time it comes with what was typed."""
        self.fields["is_distinct"].widget = forms.CheckboxInput()

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field; about a key that was made of the English term, at that."""
        for problem in problems:
            name = problem.field
            if name == "key" and not self.cleaned_data.get("key"):
                name = "en"
            if not (name in self.errors and name == "en"):
                self.add_error(name if name in self.fields else None, str(problem.message))


class RemovalForm(forms.Form):
    comment = LinesField(
        label=_("Why"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The second person reads it when deciding."),
        error_messages={"required": _("Say why.")},
    )


class ReasonForm(forms.Form):
    reason = LinesField(
        label=_("Reason"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The one who proposed it reads this, and so do all editors later."),
        error_messages={"required": _("Say why, so that the one who proposed it understands.")},
    )


class OriginForm(forms.Form):
    origin = forms.ChoiceField(
        label=_("Origin"),
        required=False,
        choices=[
            ("", _("all")),
            *(each for each in ProposalOrigin.choices if each[0] != ProposalOrigin.COMMAND),
        ],
    )


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=_("CSV or XLSX file"),
        help_text=_("As the download gives it. Rows that say nothing new are passed over."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": EMPTY},
    )

    def raw(self) -> bytes:
        """What was uploaded, and one byte more than may be read where it is too large."""
        raw: bytes = self.cleaned_data["sheet"].read(LIMITS.size + 1)
        return raw


def _initial(content: Content) -> dict[str, Any]:
    initial: dict[str, Any] = {"key": content.key, "broader": list(content.broader)}
    for code in CODES:
        initial[code] = content.preferred(code)
        initial[f"variants_{code}"] = "\n".join(content.variants(code))
        initial[f"note_{code}"] = content.notes.get(code, "")
    return initial
