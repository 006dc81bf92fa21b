"""The one page on which an assessment is written; the desk's views call it."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines
from portal.common.errors import Problem
from portal.followup.assessing.drafts import (
    CHOICES,
    MAX_CONFLICT,
    MAX_WORDS,
    AssessmentFields,
    writing_problems,
)
from portal.followup.assessing.evidence import Papers, papers_of
from portal.followup.assessing.subjects import subject_of, subject_problems
from portal.followup.enums import Basis, Confidence
from portal.followup.models.assessments import Assessment
from portal.pledges.enums import Completion
from portal.submissions.forms import as_keys
from portal.submissions.steps import FieldsForm

# Among the documents that everybody may read: the one that comes with the form.
NEW = "new"


def _area(rows: int, words: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-max-words": words, "autocomplete": "off"})


def _known(name: str, typed: str) -> str | None:
    """What the table can hold: one of the list, or nothing yet."""
    return typed if typed in {"", *CHOICES[name].values} else None


class AssessmentForm(FieldsForm):
    """`shown` and `drop` are boxes for each document that is kept."""

    texts = ("text", "sources", "conflict")
    by_hand = frozenset({"drop"})

    completion = forms.ChoiceField(
        label=_("How far has it come?"),
        choices=Completion,
        widget=forms.RadioSelect,
        help_text=_("What you found, whatever the parties say. Their claim stays beside it."),
    )
    confidence = forms.ChoiceField(label=_("How sure are you?"), choices=Confidence, widget=forms.RadioSelect)
    basis = forms.ChoiceField(
        label=_("What does it rest on?"),
        choices=Basis,
        widget=forms.RadioSelect,
        help_text=_("“Fulfilled” stays a claim until somebody assesses it on documents or a check."),
    )
    text = forms.CharField(
        label=_("What is your finding?"),
        help_text=_("Without names of persons."),
        widget=_area(8, MAX_WORDS),
    )
    sources = forms.CharField(
        label=_("Documents and checks"),
        required=False,
        help_text=_(
            "One in each line: what it is, from when, and the address where everybody can read it, such as "
            "https://example.org/report."
        ),
        widget=_area(4, MAX_WORDS),
    )
    evidence = forms.FileField(
        label=_("A document"),
        required=False,
        help_text=_("PDF, Word, JPEG or PNG. The secretariat reads it; nobody else does unless you say so."),
    )
    shown = forms.MultipleChoiceField(
        label=_("Documents that everybody may read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Everybody sees a copy from which the author’s name and the place are taken out, once the "
            "assessment is public."
        ),
    )
    drop = forms.MultipleChoiceField(
        label=_("Documents to leave out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    conflict = forms.CharField(
        label=_("What do you have to do with the parties?"),
        help_text=_("Money, projects, people in common; or that there is nothing. Everybody sees it."),
        widget=_area(3, MAX_CONFLICT),
    )

    def __init__(self, data: Any = None, *, draft: Assessment) -> None:
        self.papers = papers_of(draft.pk)
        super().__init__(data, draft=draft)
        self._offer(self.papers)

    def _offer(self, papers: Papers) -> None:
        """A box for each document that is there, and one for what comes now."""
        kept = [(str(file.key), file.name) for file in papers.files]
        boxes = {"shown": [*kept, (NEW, _("The document that I add now"))], "drop": kept}
        for name, choices in boxes.items():
            self.fields.pop(name, None)
            if choices:
                field: Any = deepcopy(self.base_fields[name])
                field.choices = choices
                self.fields[name] = field
        self.order_fields([*self.base_fields])

    def values_of(self, draft: Assessment) -> dict[str, Any]:
        names = (*CHOICES, *self.texts)
        shown = sorted(str(row.file.key) for row in papers_of(draft.pk).rows if row.is_open)
        return {name: str(getattr(draft, name)) for name in names} | {"shown": shown}

    def typed(self) -> dict[str, Any]:
        told = {name: self.data.get(name, "") for name in CHOICES}
        shown = sorted({*self._sent("shown")} - {NEW})
        return told | {name: self._text(name) for name in self.texts} | {"shown": shown}

    def _text(self, name: str) -> str:
        return many_lines(self.data.get(name, ""))

    def _sent(self, name: str) -> list[str]:
        getlist: Any = getattr(self.data, "getlist", None)
        values: list[str] = getlist(name) if getlist else []
        return values

    @property
    def dropped(self) -> tuple[UUID, ...]:
        return as_keys(self._sent("drop"))

    def fields_to_save(self) -> AssessmentFields:
        typed = self.typed()
        values: dict[str, Any] = {name: _known(name, typed[name]) for name in CHOICES}
        return AssessmentFields(
            **values,
            **{name: typed[name] for name in self.texts},
            shown=as_keys(typed["shown"]),
            opened=NEW in self._sent("shown"),
            dropped=self.dropped,
        )

    def _take_in(self, papers: Papers) -> None:
        """What came with the form is one of those that are kept now, with its tick."""
        before = {row.file_id for row in self.papers.rows}
        fresh = [row for row in papers.rows if row.file_id not in before]
        if fresh:
            sent: Any = self.data
            told = sent.copy()
            opened = [str(row.file.key) for row in fresh if row.is_open]
            told.setlist("shown", [*self.typed()["shown"], *opened])
            self.data = told
        self.papers = papers
        self._offer(papers)

    def problems(self) -> list[Problem]:
        """Asked after the save: the documents are those that are stored then."""
        self._take_in(papers_of(self.draft.pk))
        typed = self.typed()
        written = Assessment(**{name: typed[name] for name in (*CHOICES, *self.texts)})
        return [*subject_problems(subject_of(self.draft)), *writing_problems(written, self.papers)]
