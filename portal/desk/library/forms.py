"""Forms of the library's room: what is said of a document, its file, why it is withdrawn."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cms.queries import PublicPage
from portal.common.choices import country_codes, language_choices
from portal.common.forms import LineField, LinesField
from portal.consultations.page_queries import areas, consultations, segments
from portal.files.refusals import EMPTY
from portal.library.describing import FILED, About, put_on
from portal.library.enums import DocumentKind, Facet, Offer
from portal.library.filing import Label, labels, tags_of
from portal.library.models import LibraryDocument
from portal.library.official import official_texts
from portal.organizations.public_bodies import PublicBodies

NONE = pgettext_lazy("choice", "None")
ACCEPTED = ".pdf,.docx,.txt,.md"
MOST_FILES, MOST_ORGANIZATIONS = 50, 20
_NUMBER = re.compile(r"(O-\d+)\b.*", re.IGNORECASE)


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or many. One that is empty stays among them: the room says what is wrong with each."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = list(data or ())
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            told = _("Choose at most %(number)d files at once.")
            raise forms.ValidationError(told % {"number": MOST_FILES}, code="many")
        return files


class FilingForm(forms.Form):
    """What documents of one origin have in common."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices, initial=DocumentKind.OTHER)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    second_language = forms.ChoiceField(
        label=_("Second language"),
        required=False,
        choices=lambda: [("", NONE), *language_choices()],
        help_text=_("Where one file holds its text in two languages."),
    )
    dated = LineField(
        label=_("Date of the document"),
        required=False,
        help_text=_("As much as is known: 2024, 2024-05 or 2024-05-31. Leave it empty where nothing is."),
    )
    source = LineField(
        label=_("Source"), required=False, max_length=500, help_text=_("Who issued it, as it stands in it.")
    )
    source_url = LineField(
        label=_("Address of the source"),
        required=False,
        max_length=500,
        help_text=_("Where it was published, beginning with https://"),
    )
    rights = LineField(
        label=_("Rights"),
        required=False,
        max_length=500,
        help_text=_("Who holds them and what others may do, as it stands in it."),
    )
    offer = forms.ChoiceField(
        label=_("What everybody can download"),
        choices=Offer.choices,
        initial=Offer.ORIGINAL,
        widget=forms.RadioSelect,
        help_text=_(
            "The original has the hash by which others know it; what its authors left in it, such as names, "
            "stays in it. Choose the copy for what people sent you. No choice changes the text that is read "
            "and searched here."
        ),
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        choices=country_codes,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Those it is about. Hold Ctrl or Cmd to choose several or none."),
    )
    organizations = LinesField(
        label=_("Organizations"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of the register, one a line: the number, such as O-00007, or the name."),
    )
    consultation = forms.ChoiceField(label=_("Consultation"), required=False)
    segment = forms.ChoiceField(label=_("Segment"), required=False)
    themes = forms.MultipleChoiceField(
        label=_("Thematic areas"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, files: Any = None, *, ui: str, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self._offer("consultation", [("", NONE), *_titled(consultations(ui))])
        self._offer("segment", [("", NONE), *_titled(segments(ui))])
        self._offer("themes", _titled(areas(ui)))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Those that stand open on the page; the files are drawn apart."""
        return [field for field in self if field.name not in (*FILED, "sent", "file", "seen")]

    @property
    def filing_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FILED if name in self.fields]

    @property
    def is_filed(self) -> bool:
        """Whether something stands in one of them, or is wrong with it."""
        return any(field.errors or field.value() for field in self.filing_fields)

    def clean_organizations(self) -> list[str]:
        """Keys, in the order of the lines."""
        lines = [line.strip() for line in self.cleaned_data["organizations"].splitlines() if line.strip()]
        if len(lines) > MOST_ORGANIZATIONS:
            told = _("Name at most %(number)d organizations.") % {"number": MOST_ORGANIZATIONS}
            raise forms.ValidationError(told)
        bodies = PublicBodies() if lines else None
        matches = [bodies.find(_NUMBER.sub(r"\1", line)) for line in lines] if bodies else []
        if faults := [reason for body, reason in matches if body is None]:
            raise forms.ValidationError(faults)
        return [str(body.key) for body, _reason in matches if body is not None]

    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        plain = ("kind", "language", "second_language", "dated", "source", "source_url", "rights", "offer")
        several = ("countries", "organizations", "themes")
        single = ("consultation", "segment")
        return {
            **{name: typed[name] for name in plain},
            **{name: tuple(typed[name]) for name in several},
            **{name: (typed[name],) if typed[name] else () for name in single},
        }

    def about(self) -> About:
        """Only for a valid form."""
        return About(**self.said())

    def put_refusal(self, refusal: forms.ValidationError) -> None:
        """What the library refused, each at its field."""
        for name, faults in refusal.message_dict.items():
            self.add_error(name if name in self.fields else None, faults)


class UploadForm(FilingForm):
    sent = FilesField(
        label=_("Files"),
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file, or several.")},
    )
    field_order = ("sent",)

    def clean(self) -> dict[str, Any]:
        """What is said of all of them is refused before any is read."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                put_on(LibraryDocument(title="-"), self.about())
            except forms.ValidationError as refusal:
                self.put_refusal(refusal)
        return cleaned


class DescriptionForm(FilingForm):
    """All that is said of one document; what is not public any more stays under its number unseen."""

    title = LineField(label=_("Title"), max_length=300)
    description = LinesField(
        label=_("Description"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it is and why it matters, in the language of the document."),
    )
    official = forms.ChoiceField(
        label=_("Official text of the process"),
        required=False,
        help_text=_("Which text of the list of official texts this document is."),
    )
    beside = LineField(
        label=_("The same in another language"),
        required=False,
        help_text=_("The number of a document that is this one in another language, such as D-00007."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("title", "kind", "language", "second_language", "beside", "dated", "description")

    def __init__(self, data: Any = None, *, document: LibraryDocument, beside: str, ui: str) -> None:
        tags = tags_of(document)
        named = labels(tags, ui)
        super().__init__(data, ui=ui, initial=_initial(document, tags, named) | {"beside": beside})
        self._offer("official", [("", NONE), *((text.key, text.title) for text in official_texts())])
        self.unseen = {
            name: tuple(value for value in tags.get(facet, ()) if value not in named[facet])
            for name, facet in FILED.items()
        }

    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        official = (typed["official"],) if typed["official"] else ()
        said = {**super().said(), "official": official}
        said |= {name: (*said[name], *self.unseen[name]) for name in FILED if self.unseen[name]}
        plain = ("title", "description", "beside")
        return {**said, **{name: typed[name] for name in plain}}


class ProposalForm(FilingForm):
    """One file, what is said of it, why it belongs in the library, and in whose name it is proposed."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file."), "empty": EMPTY},
    )
    title = LineField(label=_("Title"), max_length=300)
    organization = forms.ChoiceField(label=_("In whose name"))
    why = LinesField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it belongs in the library. Editors alone read it."),
    )
    field_order = ("title", "organization", "why", "kind", "language")

    def __init__(self, data: Any = None, files: Any = None, *, ui: str, names: list[tuple[str, Any]]) -> None:
        super().__init__(data, files, ui=ui, initial={"offer": Offer.CLEANED})
        self._offer("organization", names)

    def said(self) -> dict[str, Any]:
        return {**super().said(), "title": self.cleaned_data["title"]}


class DecliningForm(forms.Form):
    reason = LinesField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who proposed it reads this."),
        error_messages={"required": _("Say why, so that the one who proposed it understands.")},
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file."), "empty": EMPTY},
    )


class WithdrawalForm(forms.Form):
    reason = LineField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Everybody reads it where the document was, so name nobody in it."),
        error_messages={"required": _("Say why: who comes to its address reads it.")},
    )


def _titled(pages: Iterable[PublicPage]) -> list[tuple[str, Any]]:
    return [(str(page.key), f"{page.number}. {page.title}" if page.number else page.title) for page in pages]


def _initial(
    document: LibraryDocument, tags: dict[str, list[str]], named: dict[str, dict[str, Label]]
) -> dict[str, Any]:
    bodies = named[Facet.ORGANIZATION].values()
    single = {name: tags.get(FILED[name], [""])[0] for name in ("consultation", "segment", "official")}
    columns = ("title", "kind", "language", "second_language", "dated", "source", "source_url", "rights")
    return {
        **{name: getattr(document, name) for name in (*columns, "description", "offer")},
        **single,
        "countries": tags.get(Facet.COUNTRY, []),
        "themes": tags.get(Facet.THEME, []),
        "organizations": "\n".join(f"{body.code} {body.text}" for body in bodies),
        "seen": document.updated_at.isoformat(),
    }
