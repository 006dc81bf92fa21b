"""The review pack of a cycle: its public page and PDF file, and the page of the desk that asks for it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view
from portal.common.languages import CODES, DEFAULT, OWN_NAMES
from portal.followup import rules
from portal.followup.addresses import path_of_cycle
from portal.followup.models import ReviewCycle, ReviewPack
from portal.followup.pack import domain, files
from portal.followup.pack import rows as pack_rows
from portal.followup.snapshots.files import SnapshotChanged
from portal.pdf.parts import Document
from portal.tables.writing import download
from portal.work.enums import JobState

PDF = "application/pdf"
# Seconds after which it is worth looking again.
SOON = "60"
Crumbs = list[dict[str, str]]


@require_safe
def pack_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a frozen cycle. `?table=` shows one table whole, page by page, `&format=` gives it as a file.

    Three queries, and those of the document where the worker has not made it yet.
    """
    cycle, language = _frozen(slug), get_language() or DEFAULT
    crumbs = _crumbs(cycle, language)
    try:
        row = files.current(cycle, language)
        document = files.document_in(row) if row else domain.document_now(cycle, language)
    except SnapshotChanged:
        return _changed(request, cycle, crumbs)
    shown = _shown(request, cycle, document)
    if isinstance(shown, HttpResponse):
        return shown
    context = shown | {"cycle": cycle, "pack": row, "crumbs": crumbs}
    return render(request, "followup/pack_table.html" if "table" in shown else "followup/pack.html", context)


@require_safe
def pack_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF file. While the worker has not made it, or makes it anew, that is said (404)."""
    cycle, language = _frozen(slug), get_language() or DEFAULT
    try:
        row = files.current(cycle, language)
    except SnapshotChanged:
        return _changed(request, cycle, _crumbs(cycle, language))
    if row is not None:
        return download(_name(cycle, language), PDF, files.pdf_in(row))
    context = {"cycle": cycle, "crumbs": _crumbs(cycle, language)}
    status = HTTPStatus.NOT_FOUND
    response = render(request, "followup/pack_waiting.html", context, status=status)
    response["Retry-After"] = SOON
    return response


@desk_view
@form_view
def pack_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether it is made, how far the worker is, a button that asks for it; of an open cycle the draft."""
    cycle, language = _seen_by_seat(request, slug), get_language() or DEFAULT
    if request.method == "POST":
        return _prepare(request, cycle)
    try:
        rows = files.current_by_language(cycle)
    except SnapshotChanged:
        return _changed(request, cycle, _desk_crumbs(cycle, language))
    context = _progress(cycle, rows) | {"cycle": cycle, "title": cycle.title(language)}
    draft = None if cycle.is_frozen else rows.get(language)
    shown = _shown(request, cycle, files.document_in(draft)) if draft else {}
    if isinstance(shown, HttpResponse):
        return shown
    template = "followup/desk/pack_table.html" if "table" in shown else "followup/desk/pack.html"
    return render(request, template, context | shown | {"crumbs": _desk_crumbs(cycle, language)})


@desk_view
@require_safe
def pack_desk_file(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The PDF file of an open cycle, for who holds a seat; 404 until it is made."""
    cycle = _seen_by_seat(request, slug)
    row = files.current(cycle, language) if language in CODES and not cycle.is_frozen else None
    if row is None:
        raise Http404(slug)
    return download(_name(cycle, language), PDF, files.pdf_in(row))


def _progress(cycle: ReviewCycle, rows: dict[str, ReviewPack]) -> dict[str, Any]:
    """Inputs of the upper part of `followup/desk/pack.html`."""
    job = domain.last_job(cycle)
    is_busy = domain.is_busy(job)
    return {
        "job": job if job and (is_busy or job.state == JobState.FAILED) else None,
        "is_busy": is_busy,
        "may_prepare": not is_busy and (not cycle.is_frozen or len(rows) < len(CODES)),
        "files": [_file(cycle, row) for row in rows.values()],
    }


def _file(cycle: ReviewCycle, row: ReviewPack) -> dict[str, Any]:
    """Of a frozen cycle everybody's, else that of the desk."""
    public = f"{path_of_cycle(cycle, row.language)}pack.pdf"
    own = reverse("followup_desk:pack_file", args=[cycle.slug, row.language])
    return {"pack": row, "name": OWN_NAMES[row.language], "url": public if cycle.is_frozen else own}


def _prepare(request: HttpRequest, cycle: ReviewCycle) -> HttpResponse:
    domain.prepare(cycle, now=timezone.now())
    messages.success(request, _("The worker makes the review pack. This page says how far it is."))
    return redirect("followup_desk:pack", cycle.slug)


def _frozen(slug: str) -> ReviewCycle:
    cycle = get_object_or_404(ReviewCycle, slug=slug)
    if not cycle.is_frozen:
        raise Http404(slug)
    return cycle


def _seen_by_seat(request: HttpRequest, slug: str) -> ReviewCycle:
    """Nobody else knows of these addresses, and before it is opened there is nothing to review."""
    cycle = ReviewCycle.objects.filter(slug=slug).first()
    if cycle is None or not domain.can_prepare(cycle):
        raise Http404(slug)
    if not rules.may_follow_up(actor_of(request), timezone.now().date()):
        raise Http404(slug)
    return cycle


def _shown(request: HttpRequest, cycle: ReviewCycle, document: Document) -> HttpResponse | dict[str, Any]:
    """A table as a file, or what the page says of the document or of one table of it."""
    wanted = request.GET.get("table", "")
    if not wanted:
        return {"document": document, "sections": pack_rows.sections_of(document)}
    if form := request.GET.get("format", ""):
        at, table = pack_rows.table_at(document, wanted)
        return pack_rows.export_pack_table(table, f"{cycle.slug}-{at}", form)
    return pack_rows.table_page(document, wanted, request.GET.get("page", "1"))


def _changed(request: HttpRequest, cycle: ReviewCycle, crumbs: Crumbs) -> HttpResponse:
    context = {"title": cycle.title(get_language() or DEFAULT), "crumbs": crumbs}
    return render(request, "followup/snapshot_changed.html", context, status=HTTPStatus.CONFLICT)


def _crumbs(cycle: ReviewCycle, language: str) -> Crumbs:
    return [
        {"title": _("Follow-up"), "url": reverse("followup:overview")},
        {"title": _("Review cycles"), "url": reverse("followup:cycles")},
        {"title": cycle.title(language), "url": path_of_cycle(cycle, language)},
        {"title": _("Review pack")},
    ]


def _desk_crumbs(cycle: ReviewCycle, language: str) -> Crumbs:
    desk, last = crumbs_to(_("Review pack"))
    return [desk, {"title": _("Follow-up"), "url": reverse("followup_desk:room")}, last]


def _name(cycle: ReviewCycle, language: str) -> str:
    return f"review-pack-{cycle.slug}-{language}.pdf"
