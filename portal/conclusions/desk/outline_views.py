"""Beginning a draft, and its parts one by one: add, word, move, take elsewhere, remove."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view
from portal.common.errors import Incomplete, OutOfDate
from portal.common.formatting import moment
from portal.common.forms import put_at_fields
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.conclusions.desk.forms import (
    Choices,
    NewPartForm,
    NumberForm,
    PlaceForm,
    StartForm,
    TranslationForm,
    WordsForm,
)
from portal.conclusions.desk.outlines import called
from portal.conclusions.desk.rooms import (
    address,
    draft_button,
    draft_form,
    out_of_date,
    part_in,
    reader,
    show,
)
from portal.conclusions.desk.segment_views import evidence_beside
from portal.conclusions.drafting import domain
from portal.conclusions.drafting.domain import TextFields, mark_of
from portal.conclusions.drafting.placement import HOLDS, TOP, may_hold, with_all_below
from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions, Part, PartText
from portal.conclusions.queries import consultation_segments, consultations_to_draft
from portal.conclusions.rules import may_draft
from portal.submissions.steps import Difference


@desk_view
@form_view
def new_draft(request: HttpRequest) -> HttpResponse:
    """For a consultation of which no draft is open."""
    actor = actor_of(request)
    if not may_draft(actor):
        raise Http404("conclusions")
    titles = consultations_to_draft(reader())
    choices = {"consultation": [("", _("Choose")), *((str(key), title) for key, title in titles.items())]}
    initial = {"language": reader(), "consultation": request.GET.get("consultation", "")}
    form = StartForm(request.POST or None, initial=initial, choices=choices)
    if request.method == "POST" and form.is_valid():
        key, language = UUID(form.cleaned_data["consultation"]), form.cleaned_data["language"]
        try:
            draft = domain.start_draft(
                key,
                language=language,
                segments=consultation_segments(key),
                actor=actor,
                now=timezone.now(),
            )
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("The draft is open. Its segments are those of the consultation."))
            return redirect(address("version", draft))
    crumbs = crumbs_to(_("Start a draft"))
    crumbs.insert(1, {"title": _("Conclusions"), "url": "../"})
    return render(request, "conclusions/desk/new.html", {"form": form, "crumbs": crumbs})


@draft_form
def new_part(request: HttpRequest, draft: Conclusions) -> HttpResponse:
    """What it is and where it stands may come with the address: `?kind=recommendation&above=KEY`."""
    parts = {str(part.key): part for part in draft.parts.prefetch_related("texts") if part.kind in HOLDS}
    initial = {name: request.GET.get(name, "") for name in ("kind", "above")}
    choices = {"above": [("", _("The document itself")), *_places(draft, list(parts.values()))]}
    form = NewPartForm(request.POST or None, initial=initial, choices=choices)
    form.speak(draft.language)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        words = TextFields(draft.language, typed["heading"], typed["body"], is_official=True)
        try:
            part = domain.add_part(
                draft,
                PartKind(typed["kind"]),
                words,
                above=parts.get(typed["above"]),
                actor=actor_of(request),
                now=timezone.now(),
            )
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Added: %(part)s") % {"part": called(part, draft.language)})
            return redirect(f"{address('version', draft)}#part-{part.key}")
    return show(request, "form", draft, _("Add a part"), {"form": form, "action": _("Add")})


@draft_form
def part_page(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    """Its words in one language (`?language=`); the original without one."""
    row = part_in(draft, part)
    language = request.GET.get("language", "")
    language = language if language in CODES else draft.language
    texts = {text.language: text for text in row.texts.all()}
    stored = texts.get(language)
    form = _words_form(request, draft, language, stored)
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            _write_text(request, row, language, form)
        except OutOfDate as refusal:
            out_of_date(form, refusal)
            differences = _differences(form)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{address('version', draft)}?language={language}#part-{row.key}")
    context: dict[str, Any] = {
        "part": row,
        "form": form,
        "seen": mark_of(stored) if differences or not form.is_bound else request.POST.get("seen", ""),
        "differences": differences,
        "saved_at": moment(draft.updated_at),
        "language": language,
        "languages": [(code, LANGUAGE_NAMES[code]) for code in CODES],
        "original": None if language == draft.language else texts.get(draft.language),
    }
    if row.kind == PartKind.RECOMMENDATION:
        context |= evidence_beside(draft, row)
    return show(request, "part", draft, called(row, draft.language), context)


@draft_button
def part_up(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    return _moved(request, draft, part, domain.move_up)


@draft_button
def part_down(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    return _moved(request, draft, part, domain.move_down)


@draft_form
def part_place(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    """Under another segment or area; of a segment its number."""
    row = part_in(draft, part)
    form = _place_form(request, draft, row)
    if request.method == "POST" and form.is_valid():
        try:
            _place(request, draft, row, form.cleaned_data)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{address('version', draft)}#part-{row.key}")
    heading = _("Move: %(part)s") % {"part": called(row, draft.language)}
    return show(request, "form", draft, heading, {"form": form, "action": _("Move")})


@draft_form
def part_remove(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    """Asks first, and says what goes with it."""
    row = part_in(draft, part)
    if request.method == "POST":
        try:
            domain.remove_part(row, actor=actor_of(request), now=timezone.now())
        except Incomplete as refusal:
            for problem in refusal.problems:
                messages.error(request, str(problem.message))
            return redirect(address("part_remove", draft, row.key))
        messages.success(request, _("Removed. An import of the same file does not bring it back."))
        return redirect(address("version", draft))
    below = len(with_all_below(row)) - 1
    text = [_("Its words in all languages and the passages attached to it go with it.")]
    if below:
        text.append(_("%(number)d parts stand in it and go too.") % {"number": below})
    heading = _("Remove “%(part)s”?") % {"part": called(row, draft.language)}
    context = {"text": text, "action": _("Remove"), "back": address("part", draft, row.key)}
    return show(request, "confirm", draft, heading, context)


def _words_form(
    request: HttpRequest, draft: Conclusions, language: str, stored: PartText | None
) -> WordsForm:
    form_type = WordsForm if language == draft.language else TranslationForm
    names = ("heading", "body", "is_official")
    form = form_type(request.POST or None, initial={name: getattr(stored, name, "") for name in names})
    form.speak(language)
    return form


def _write_text(request: HttpRequest, row: Part, language: str, form: WordsForm) -> None:
    """The original is official, a translation where that is said."""
    typed = form.cleaned_data
    official = typed.get("is_official", True)
    words = TextFields(language, typed["heading"], typed["body"], is_official=official)
    seen = request.POST.get("seen", "")
    domain.write_text(row, words, seen=seen, actor=actor_of(request), now=timezone.now())


def _moved(request: HttpRequest, draft: Conclusions, part: UUID, move: Callable[..., bool]) -> HttpResponse:
    row = part_in(draft, part)
    if not move(row, actor=actor_of(request), now=timezone.now()):
        messages.info(request, _("It cannot go further that way."))
    return redirect(address("part", draft, row.key))


def _place_form(request: HttpRequest, draft: Conclusions, row: Part) -> Any:
    if row.kind == PartKind.SEGMENT:
        return NumberForm(request.POST or None, initial={"number": row.number})
    kind = PartKind(row.kind)
    inside = {part.pk for part in with_all_below(row)}
    rows = [
        part
        for part in draft.parts.prefetch_related("texts")
        if part.pk not in inside and may_hold(part, kind)
    ]
    own = [("", _("The document itself"))] if kind in TOP else []
    initial = {"above": str(row.parent.key) if row.parent else ""}
    return PlaceForm(request.POST or None, initial=initial, choices={"above": [*own, *_places(draft, rows)]})


def _place(request: HttpRequest, draft: Conclusions, row: Part, typed: dict[str, Any]) -> None:
    actor, now = actor_of(request), timezone.now()
    if row.kind == PartKind.SEGMENT:
        domain.number_segment(row, typed["number"], actor=actor, now=now)
        return
    above = draft.parts.get(key=typed["above"]) if typed["above"] else None
    domain.place_below(row, above, actor=actor, now=now)


def _places(draft: Conclusions, parts: list[Part]) -> Choices:
    return [(str(part.key), called(part, reader(), draft.language)) for part in parts]


def _differences(form: WordsForm) -> list[Difference]:
    """What somebody else has saved meanwhile, beside what was typed."""
    return [
        Difference(str(form.fields[name].label), str(form.initial[name]), str(form.cleaned_data[name]))
        for name in ("heading", "body")
        if form.cleaned_data.get(name, "") != form.initial[name]
    ]
