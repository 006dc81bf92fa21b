"""Writing in steps at the desk: tasks with their state, saving what was typed, two people at once.

Desk views and forms of the apps use it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.characters import many_lines, one_line
from portal.common.choices import language_choices
from portal.common.desk import mark_saved, typed_before_sign_in
from portal.common.digests import digest_of
from portal.common.errors import EditConflict, Incomplete, Problem, Unadmitted, WrongState
from portal.common.formatting import moment
from portal.common.forms import put_at_fields
from portal.common.phrases import too_long
from portal.submissions.differences import Excerpt, Part, excerpt_of, parts_of
from portal.submissions.drafts import MAX_TITLE

Draft = TypeVar("Draft", bound=Model)
# The revision may move on this often between reading and saving without a clash in the same step.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One line of `components/task_list.html`."""

    title: str
    url: str
    status: str
    tone: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed: what is stored now, what was typed here, both in one with marks."""

    label: str
    stored: str
    typed: str
    parts: tuple[Part, ...] = ()

    @property
    def excerpt(self) -> Excerpt:
        return excerpt_of(self.parts)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Draft]):
    """A step on its way to the page: what is stored, the form, and what became of a save.

    `differences` when somebody else had changed the same step; `restored` is what was typed before
    the person was signed out.
    """

    draft: Draft
    form: "StepForm"
    is_saved: bool = False
    differences: list[Difference] = field(default_factory=list)
    restored: QueryDict | None = None

    @property
    def is_done(self) -> bool:
        return self.is_saved and not self.form.errors

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """What `desk/step.html` shows; revision and mark are those of the text that the person has seen."""
        draft: Any = self.draft
        seen = self.restored
        if seen is None and request.method == "POST" and not self.is_saved and not self.differences:
            seen = request.POST
        own = {"revision": str(draft.revision), "base": mark_of(self.form.values_of(draft))}
        return {
            "form": self.form,
            "draft": draft,
            "organization": getattr(draft, "organization", None),
            "seen": {name: seen.get(name, "") for name in own} if seen is not None else own,
            "differences": self.differences,
            "saved_at": moment(draft.updated_at),
            "is_unsaved": self.form.is_bound and not self.is_saved,
            "opened_page": token_hex(8),
        }


class StepForm(forms.Form):
    """One step. Bound fields keep what was typed whether it is valid or not.

    `by_hand` are fields that take something away: what a page saves by itself leaves them out.
    """

    by_hand: ClassVar[frozenset[str]] = frozenset()

    def values_of(self, draft: Any) -> dict[str, Any]:
        """What the step shows of a draft, by field name."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        """What was typed, in the shape of `values_of`."""
        raise NotImplementedError

    def fields_to_save(self) -> Any:
        """What of the typed fits the table, as the domain takes it."""
        raise NotImplementedError

    def problems(self) -> list[Problem]:
        """What is to correct, in the words that also stand on the page that submits."""
        return []

    def full_clean(self) -> None:
        """The domain says what is complete; nothing typed is thrown away for not being so."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}
        if self.is_bound:
            put_at_fields(self, self.problems())

    @property
    def fits(self) -> bool:
        """Whether all that was typed could be kept."""
        return True

    def in_words(self, name: str, value: Any) -> str:
        """What a field says, as people read it: labels in place of codes, one a line."""
        labels = {str(code): str(label) for code, label in _flat(getattr(self.fields[name], "choices", ()))}
        values = value if isinstance(value, (list, tuple)) else [value]
        return "\n".join(labels.get(str(one), str(one)) for one in values)


class FieldsForm(StepForm):
    """A step whose fields are those of the draft, in `field_order`.

    `lines` have no line breaks; `texts` have, and they are in the draft's language as the `phrases` among
    the lines are.
    """

    lines: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, draft: Any) -> None:
        self.draft = draft
        super().__init__(data, initial=self.values_of(draft))
        language = self.typed().get("language", draft.language) if self.is_bound else draft.language
        for name in (*self.phrases, *self.texts):
            self.fields[name].widget.attrs |= {"lang": language, "spellcheck": "true"}

    def values_of(self, draft: Any) -> dict[str, Any]:
        return {name: str(getattr(draft, name)) for name in self.base_fields}

    def typed(self) -> dict[str, Any]:
        values = {name: self.data.get(name, "") for name in self.base_fields}
        lines = {name: one_line(values[name]) for name in self.lines}
        return values | lines | {name: many_lines(values[name]) for name in self.texts}


class WritingForm(FieldsForm):
    """A step with the draft's title and language among its fields."""

    lines: tuple[str, ...] = ("title",)
    phrases: tuple[str, ...] = ("title",)

    title = forms.CharField(
        label=gettext_lazy("Title"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-max-characters": MAX_TITLE}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language you write in"), choices=language_choices)

    def title_problems(self) -> list[Problem]:
        """A title that the table cannot hold: it stays in the form."""
        over = len(self.typed()["title"]) - MAX_TITLE
        return [Problem("title", too_long(over))] if over > 0 else []


def status(problems: int, *, is_started: bool, is_optional: bool = False) -> tuple[str, str]:
    """State of a step in words, and its tone."""
    if not is_started:
        return (_("optional"), "") if is_optional else (_("to do"), "")
    if problems:
        return ngettext("%(number)d to correct", "%(number)d to correct", problems) % {
            "number": problems
        }, "bad"
    return _("done"), "brand"


def mark_of(values: Mapping[str, Any]) -> str:
    """Short digest of what a step shows, to tell whether somebody else changed this very step."""
    return digest_of({name: str(value) for name, value in values.items()})[:16]


def run_step(
    request: HttpRequest,
    draft: Draft,
    make_form: Callable[[QueryDict | None], StepForm],
    save: Callable[[StepForm, int], Draft],
    is_own: Callable[[Any], bool] = lambda stored: False,
) -> Outcome[Draft]:
    """Show a step, or save it whether or not it is complete; problems end up at the fields of the form.

    A change elsewhere counts only when it touched this step, says something else than was typed, and is not
    one that `is_own`: a save of this very page whose answer got lost.
    """
    if request.method != "POST":
        restored = typed_before_sign_in(request)
        return Outcome(draft, make_form(restored), restored=restored)
    form = make_form(request.POST)
    try:
        saved = _saved(request, form, save, is_own)
        if form.fits:
            mark_saved(request)
        return Outcome(saved, form, is_saved=True)
    except EditConflict as conflict:
        stored: Any = conflict.stored
        return Outcome(stored, form, differences=_differences(form, stored))
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
    except (Unadmitted, WrongState) as refusal:
        form.add_error(None, str(refusal.message))
    return Outcome(draft, form)


def _saved(
    request: HttpRequest,
    form: StepForm,
    save: Callable[[StepForm, int], Draft],
    is_own: Callable[[Any], bool],
) -> Draft:
    revision = _seen_revision(request)
    harmless = {request.POST.get("base", ""), mark_of(form.typed())}
    for _attempt in range(ATTEMPTS):
        try:
            return save(form, revision)
        except EditConflict as conflict:
            stored: Any = conflict.stored
            if mark_of(form.values_of(stored)) not in harmless and not is_own(stored):
                raise
            revision = stored.revision
    return save(form, revision)


def _seen_revision(request: HttpRequest) -> int:
    seen = request.POST.get("revision", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


def _differences(form: StepForm, stored: object) -> list[Difference]:
    return between(form, form.values_of(stored), form.typed())


def between(form: StepForm, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """The fields of a step in which two of its texts differ, in words; `stored` is the old one."""
    rows = []
    for name, each in form.fields.items():
        before, after = (form.in_words(name, values.get(name, "")) for values in (old, new))
        if not each.widget.is_hidden and before != after:
            rows.append(Difference(str(each.label), before, after, tuple(parts_of(before, after))))
    return rows


def as_typed(values: Mapping[str, Any]) -> QueryDict:
    """What a step shows, as its form sends it."""
    typed = QueryDict(mutable=True)
    for name, value in values.items():
        typed.setlist(name, [str(one) for one in (value if isinstance(value, (list, tuple)) else [value])])
    return typed


def _flat(choices: Any) -> list[tuple[object, object]]:
    options: list[tuple[object, object]] = []
    for code, label in choices:
        options += list(label) if isinstance(label, (list, tuple)) else [(code, label)]
    return options
