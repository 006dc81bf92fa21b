"""The step on which files are added and described; it needs no JavaScript, and a save keeps whatever fits."""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.attachments.drafts import (
    Attaching,
    Caption,
    alternative_field,
    attachment_problems,
    title_field,
    unfit,
)
from portal.attachments.limits import MAX_ALTERNATIVE, MAX_FILES, MAX_MEGABYTES, MAX_TITLE, PICTURES
from portal.attachments.models import Attachment
from portal.common.characters import one_line
from portal.common.errors import Problem
from portal.submissions.forms import as_keys
from portal.submissions.steps import StepForm

LIMITS = _(
    "Up to %(files)d files: PDF, Word (DOCX), JPEG or PNG, each of at most %(megabytes)d MB. Author, "
    "place and comments are taken out before we keep a file."
)
ENDINGS = ".pdf,.docx,.jpg,.jpeg,.png"


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class AttachmentsForm(StepForm):
    """Title and alternative of each file that is there, a box to leave it out, and a field for new ones.

    `saved_as` makes the fields of the type.
    """

    by_hand = frozenset({"drop"})

    new_files = forms.FileField(
        label=_("Add files"), required=False, widget=ManyFiles(attrs={"accept": ENDINGS})
    )
    drop = forms.MultipleChoiceField(
        label=_("Files to leave out"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, draft: Any, saved_as: Callable[..., Any]) -> None:
        super().__init__(data)
        self.draft, self.saved_as = draft, saved_as
        stored = attachments_of(draft)
        # Of a form that was drawn before another person added a file, those that it knows.
        self.rows = [row for row in stored if data is None or title_field(row.file.key) in data]
        self.initial = self._said_by(self.rows)
        self._offer(self.rows)

    def _offer(self, rows: Sequence[Attachment]) -> None:
        for row in rows:
            self._describe(row)
        boxes: Any = self.fields["drop"]
        boxes.choices = [(str(row.file.key), row.file.name) for row in rows]

    def _describe(self, row: Attachment) -> None:
        key, language = row.file.key, self.draft.language
        attrs = {"lang": language, "spellcheck": "true", "autocomplete": "off"}
        self.fields[title_field(key)] = forms.CharField(
            label=_("Title"),
            initial=row.title,
            widget=forms.TextInput(attrs=attrs | {"data-max-characters": MAX_TITLE}),
        )
        is_picture = row.file.kind in PICTURES
        self.fields[alternative_field(key)] = forms.CharField(
            label=_("What the picture shows") if is_picture else _("What is in it, in a sentence"),
            initial=row.alternative,
            help_text=_("For who cannot see it: what matters in it, in one or two sentences.")
            if is_picture
            else "",
            widget=forms.Textarea(attrs=attrs | {"rows": 2, "data-max-characters": MAX_ALTERNATIVE}),
        )

    @property
    def limits(self) -> str:
        return str(LIMITS) % {"files": MAX_FILES, "megabytes": MAX_MEGABYTES}

    @property
    def room(self) -> int:
        return max(MAX_FILES - len(self.rows), 0)

    def described(self) -> list[dict[str, Any]]:
        """Each file with its fields, for the template."""
        return [
            {
                "file": row.file,
                "title": self[title_field(row.file.key)],
                "alternative": self[alternative_field(row.file.key)],
                "is_dropped": row.file.key in self.dropped,
            }
            for row in self.rows
        ]

    def values_of(self, draft: Any) -> dict[str, Any]:
        """Of the files that this form knows; one that is gone says nothing."""
        now = self._said_by(attachments_of(draft))
        names = self._said_by(self.rows)
        return {name: now.get(name, "") for name in names}

    def _said_by(self, rows: Sequence[Attachment]) -> dict[str, Any]:
        return {
            name: said
            for row in rows
            for name, said in (
                (title_field(row.file.key), row.title),
                (alternative_field(row.file.key), row.alternative),
            )
        }

    def typed(self) -> dict[str, Any]:
        names = self._said_by(self.rows)
        return {name: one_line(self.data.get(name, "")) for name in names}

    @property
    def dropped(self) -> tuple[UUID, ...]:
        return as_keys(self.data.getlist("drop")) if self.is_bound else ()  # type: ignore[attr-defined]

    def _words(self) -> dict[UUID, Caption]:
        typed = self.typed()
        keys = [row.file.key for row in self.rows]
        return {key: Caption(typed[title_field(key)], typed[alternative_field(key)]) for key in keys}

    def fields_to_save(self) -> Any:
        fitting = {key: words for key, words in self._words().items() if not unfit(key, words)}
        return self.saved_as(attachments=Attaching(words=fitting, dropped=self.dropped))

    @property
    def fits(self) -> bool:
        return not self._unfit

    @property
    def _unfit(self) -> list[Problem]:
        kept = (pair for pair in self._words().items() if pair[0] not in self.dropped)
        return [problem for key, words in kept for problem in unfit(key, words)]

    def problems(self) -> list[Problem]:
        """Asked after the save: the files are those that are stored then."""
        unfit_now = self._unfit
        self._read_again()
        known = {problem.field for problem in unfit_now}
        stored = [row for row in self.rows if title_field(row.file.key) not in known]
        return [*unfit_now, *attachment_problems(stored)]

    def _read_again(self) -> None:
        self.rows = attachments_of(self.draft)
        self._offer(self.rows)
        data = copy(self.data)
        data._mutable = True  # type: ignore[attr-defined]
        data.pop("drop", None)  # type: ignore[attr-defined]
        for row in self.rows:
            data.setdefault(title_field(row.file.key), row.title)  # type: ignore[attr-defined]
            data.setdefault(alternative_field(row.file.key), row.alternative)  # type: ignore[attr-defined]
        self.data = data


def attachments_of(draft: Any) -> list[Attachment]:
    """Of what is stored. One query."""
    return list(draft.attachments.select_related("file"))
