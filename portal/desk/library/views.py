"""The library's room: its documents, new files in, and which official texts are missing. Editors only."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.characters import one_line
from portal.common.desk import desk_view, form_view, mark_saved, typed_before_sign_in
from portal.common.languages import DEFAULT
from portal.desk.library.forms import UploadForm
from portal.desk.library.room import crumbs, editor
from portal.library.desk_queries import documents_for_desk, holders_of_official, intakes_for_desk
from portal.library.official import official_texts
from portal.library.uploading import Upload, UploadState, take_upload

PAGE_SIZE = 50
JSON = "application/json"


@desk_view
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Newest first, also what was withdrawn; `q` is in the title, the source or the number."""
    editor(request)
    q = one_line(request.GET.get("q", ""))[:200]
    page = Paginator(documents_for_desk(q), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "q": q, "prefix": f"?q={q}&page=" if q else "?page=", "crumbs": crumbs()}
    context["intakes"] = intakes_for_desk(timezone.now())
    return render(request, "desk/library/list.html", context)


@desk_view
@form_view
def add(request: HttpRequest) -> HttpResponse:
    """Each file for itself: one that cannot be read keeps none of the others out.

    A script sends them one by one and asks for JSON: `{name, state, told, url}`, or `{errors}` by field.
    """
    actor, ui, is_post = editor(request), get_language() or DEFAULT, request.method == "POST"
    if is_post:
        form = UploadForm(request.POST, request.FILES, ui=ui)
    else:
        form = UploadForm(typed_before_sign_in(request), ui=ui)
    outcomes: list[Upload] = []
    if is_post and form.is_valid():
        about, now = form.about(), timezone.now()
        outcomes = [take_upload(sent, about, actor=actor, now=now) for sent in form.cleaned_data["sent"]]
        mark_saved(request)
    if is_post and request.headers.get("Accept") == JSON:
        return _as_json(form, outcomes)
    context = {"form": form, "outcomes": [_line(each) for each in outcomes], "crumbs": crumbs(_("Add files"))}
    return render(request, "desk/library/add.html", context | _counts(outcomes))


@desk_view
@require_safe
def official(request: HttpRequest) -> HttpResponse:
    """The list of official texts, each with the documents that are it; what has none is missing."""
    editor(request)
    held = holders_of_official()
    rows = [(text, held.get(text.key, [])) for text in official_texts()]
    missing = sum(not documents for _text, documents in rows)
    context = {"rows": rows, "missing": missing, "crumbs": crumbs(_("Official texts"))}
    return render(request, "desk/library/official.html", context)


def _as_json(form: UploadForm, outcomes: list[Upload]) -> JsonResponse:
    if form.errors:
        errors = {name: [str(fault) for fault in faults] for name, faults in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422)
    return JsonResponse({"files": [_line(each) for each in outcomes]})


def _line(upload: Upload) -> dict[str, Any]:
    number = upload.document.public_id if upload.document else ""
    url = reverse("library_desk:document", args=[number]) if number else ""
    return {"name": upload.name, "state": upload.state.value, "told": upload.told, "url": url}


def _counts(outcomes: list[Upload]) -> dict[str, int]:
    added = sum(each.state == UploadState.ADDED for each in outcomes)
    refused = sum(each.state == UploadState.REFUSED for each in outcomes)
    waiting = sum(each.state == UploadState.WAITING for each in outcomes)
    known = len(outcomes) - added - refused - waiting
    return {"added": added, "refused": refused, "known": known, "waiting": waiting}
