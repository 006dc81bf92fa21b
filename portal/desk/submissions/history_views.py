"""The desk's pages for what a text said before, for its organization alone, and for copies of a text."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import EditConflict, OutOfDate
from portal.common.formatting import moment
from portal.desk.submissions.copies import can_copy
from portal.desk.submissions.progress import anew_address
from portal.desk.submissions.views import visible
from portal.organizations.enums import Role
from portal.submissions import domain, history, rules
from portal.submissions.copying import copy_draft
from portal.submissions.forms import as_keys
from portal.submissions.history import Said, Way
from portal.submissions.models import SavedText, Submission
from portal.submissions.queries import role_for
from portal.submissions.steps import Difference, StepForm, as_typed, between
from portal.submissions.types import Step, SubmissionType

PAGE_SIZE = 20
WAYS = {
    Way.SAVED: gettext_lazy("Saved"),
    Way.AUTOSAVED: gettext_lazy("Saved by the page itself"),
    Way.RESTORED: gettext_lazy("Restored"),
    Way.BEFORE: gettext_lazy("What stood here before"),
    Way.ASIDE: gettext_lazy("Set aside, because somebody else had saved this step first"),
}


@dataclass(frozen=True, slots=True)
class Saved:
    """One text of a step; `changes` lead from it to the next newer one, of what is aside to what stands."""

    row: SavedText
    title: str
    at: str
    who: str
    how: object
    fields: list[tuple[str, str]]
    changes: list[Difference]
    is_current: bool
    is_aside: bool


@desk_view
@form_view
def past(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Every text that was saved, the newest first; any of them can be restored, which is a save itself."""
    draft = _own(request, of, key)
    may_restore = rules.can_edit(actor_of(request), draft)
    told = None
    if request.method == "POST":
        try:
            return _restored(request, of, draft)
        except EditConflict:
            told = OutOfDate().message
            draft = visible(request, of, key)
    rows = history.lines_of(of.kind, key)[::-1]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "crumbs": crumbs_to(str(draft), draft.language if draft.title else ""),
        "draft": draft,
        "organization": draft.organization,
        "page": page,
        "rows": _told(request, of, draft, rows, page.object_list),
        "may_restore": may_restore,
        "out_of_date": told,
        "back": of.address("detail", key),
    }
    return render(request, "desk/submissions/history.html", context)


@desk_view
@form_view
def duplicate(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Asks, then starts a draft of its own with the same words."""
    draft, actor = _own(request, of, key), actor_of(request)
    back = of.address("detail", key)
    if request.method == "POST":
        keys = as_keys([request.POST.get("draft_key", "")])
        copy = copy_draft(draft, actor=actor, now=timezone.now(), key=keys[0] if keys else None)
        messages.success(request, _("This is the copy: a draft of its own. The other text stays as it is."))
        return redirect(anew_address(of, copy))
    if not can_copy(of, draft, actor):
        return redirect(back)
    typed = typed_before_sign_in(request)
    context = {
        "crumbs": crumbs_to(str(draft), draft.language if draft.title else ""),
        "draft": draft,
        "organization": draft.organization,
        "draft_key": (typed.get("draft_key") if typed else "") or uuid4(),
        "back": back,
    }
    return render(request, "desk/submissions/duplicate.html", context)


def _own(request: HttpRequest, of: SubmissionType, key: UUID) -> Any:
    """Of one's own organization: who decides about texts reads what was submitted, never its history."""
    draft = visible(request, of, key)
    if role_for(actor_of(request), draft) is None:
        raise Http404
    return draft


def _restored(request: HttpRequest, of: SubmissionType, draft: Submission) -> HttpResponse:
    asked = request.POST.get("text", "")
    rows = history.texts_of(of.kind, draft.key)
    row = get_object_or_404(rows, pk=int(asked) if asked.isdecimal() and len(asked) < 18 else 0)
    step = next((step for step in of.steps_of(draft) if step.name == row.step), None)
    if step is None:
        raise Http404
    form: StepForm = step.form(as_typed(history.values_in(row)), draft=draft)
    seen = request.POST.get("revision", "")
    domain.save_draft(
        draft,
        fields=form.fields_to_save(),
        revision=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
        actor=actor_of(request),
        now=timezone.now(),
        said=_said(step, draft, form),
    )
    messages.success(request, _told_restored(form))
    return redirect(of.address(step.name, draft.key))


def _said(step: Step, draft: Submission, form: StepForm) -> Said:
    return Said(
        step=step.name,
        values_of=form.values_of,
        before=form.initial,
        seen=draft.revision,
        way=Way.RESTORED,
    )


def _told_restored(form: StepForm) -> str:
    if form.fits:
        return _("Restored. What stood here before is in the history too.")
    return _(
        "Restored, but for what cannot be chosen any more. What stood here before is in the history too."
    )


def _told(
    request: HttpRequest, of: SubmissionType, draft: Submission, rows: list[SavedText], shown: Any
) -> list[Saved]:
    """`rows` newest first, those `shown` with words; each is compared with the next newer of its step."""
    forms = {step.name: step.form(None, draft=draft) for step in of.steps_of(draft)}
    titles = {step.name: str(step.title) for step in of.steps}
    newer: dict[str, SavedText] = {}
    following: dict[int, SavedText] = {}
    current: dict[str, SavedText] = {}
    for row in rows:
        if row.way != Way.ASIDE:
            if row.step in newer:
                following[row.pk] = newer[row.step]
            newer[row.step] = row
            current.setdefault(row.step, row)
    following |= {row.pk: current[row.step] for row in rows if _is_beside(row, current)}
    pairs = [(row.pk, following[row.pk].pk if row.pk in following else 0) for row in shown]
    words = history.texts_at({key for pair in pairs for key in pair})
    standing = {row.pk for row in current.values()}
    told = [(words[key], words.get(newer_key)) for key, newer_key in pairs if key in words]
    return [
        _saved(request, row, forms[row.step], titles[row.step], newer_row, is_current=row.pk in standing)
        for row, newer_row in told
        if row.step in forms
    ]


def _is_beside(row: SavedText, current: dict[str, SavedText]) -> bool:
    """What was set aside is compared with what stands now."""
    return row.way == Way.ASIDE and row.step in current


def _saved(
    request: HttpRequest,
    row: SavedText,
    form: StepForm,
    title: str,
    following: SavedText | None,
    *,
    is_current: bool,
) -> Saved:
    values = history.values_in(row)
    return Saved(
        row=row,
        title=title,
        at=moment(row.saved_at, is_full=True),
        who=_who(request, row),
        how=WAYS[Way(row.way)],
        fields=_fields(form, values),
        changes=between(form, values, history.values_in(following)) if following else [],
        is_current=is_current,
        is_aside=row.way == Way.ASIDE,
    )


def _fields(form: StepForm, values: dict[str, Any]) -> list[tuple[str, str]]:
    """What the step said, without what was empty."""
    told = (
        (str(field.label), form.in_words(name, values[name]))
        for name, field in form.fields.items()
        if name in values and not field.widget.is_hidden
    )
    return [(label, text) for label, text in told if text.strip()]


def _who(request: HttpRequest, row: SavedText) -> str:
    if row.saved_by_id is not None and row.saved_by_id == request.user.pk:
        return _("You")
    return str(dict(Role.choices).get(row.role, ""))
