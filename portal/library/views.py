"""Public pages of the library: the reading page. They read no session and set no cookie."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.library.forms import asked_part, asked_passage, searched_how, searched_words
from portal.library.models import LibraryDocument
from portal.library.page_images import Box, NoPicture, PageImage, has_pages, page_image
from portal.library.queries import (
    PASSAGES_PER_PART,
    contents_of,
    document_by_public_id,
    first_on_page,
    parallel_versions,
    part_number,
    part_of,
)
from portal.library.reading import found_spans, read_passages

SHEETS_PER_PART = 10
MOST_HEADINGS = 200


@require_safe
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """One document to read, opened at a passage, with the searched words marked."""
    row = document_by_public_id(public_id)
    language = get_language() or DEFAULT
    q, asked = searched_words(request.GET), asked_passage(request.GET)
    pages = _parts(row)
    page = pages.get_page(part_number(asked) if asked else asked_part(request.GET))
    shown = part_of(row, page.number)
    contents = contents_of(row)
    context = {
        "document": row,
        "page": page,
        "passages": read_passages(
            shown, q=q, how=searched_how(request.GET), ui_language=language, language=row.language
        ),
        "q": q,
        "asked": asked,
        "contents": contents[:MOST_HEADINGS] if len(contents) > 1 else (),
        "parallel": parallel_versions(row),
        "pictures": has_pages(row),
        "sheets": page.object_list if row.is_pictures else (),
        "words": _kept(request),
        "facts": _facts(row),
        "prefix": _prefix(request),
        "crumbs": [
            {"title": _("Library"), "url": reverse("library:index")},
            {"title": row.title, "lang": row.language},
        ],
    }
    return render(request, "library/document.html", context)


def _parts(document: LibraryDocument) -> Paginator[int]:
    """Passages by their place, or pages where those are all there is to see."""
    if document.is_pictures:
        return Paginator(range(1, document.pages + 1), SHEETS_PER_PART)
    return Paginator(range(document.passages_count), PASSAGES_PER_PART)


@require_safe
def page(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One page of a PDF as a picture, with the searched words marked on it."""
    row = document_by_public_id(public_id)
    if not has_pages(row) or not 1 <= number <= row.pages:
        raise Http404(public_id)
    q, place = searched_words(request.GET), first_on_page(row, number)
    shown, boxes = _shown(request, row, number)
    text = reverse("library:document", args=(row.public_id,))
    context = {
        "document": row,
        "number": number,
        "shown": shown,
        "boxes": boxes,
        "q": q,
        "pages": Paginator(range(row.pages), 1).page(number),
        "words": _kept(request),
        "as_text": f"{text}?{_kept(request, passage=place)}#p{place}",
        "crumbs": [
            {"title": _("Library"), "url": reverse("library:index")},
            {"title": row.title, "url": text, "lang": row.language},
        ],
    }
    return render(request, "library/page.html", context)


def _shown(
    request: HttpRequest, document: LibraryDocument, number: int
) -> tuple[PageImage | None, list[Box]]:
    """The picture, where there is one, and the places of the searched words on it."""
    try:
        shown = page_image(document, number)
    except NoPicture:
        return None, []
    q, how = searched_words(request.GET), searched_how(request.GET)
    return shown, shown.boxes(found_spans(shown.text, q, how, get_language() or DEFAULT, document.language))


@require_safe
def picture(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The picture itself."""
    try:
        shown = page_image(document_by_public_id(public_id), number)
        content = shown.path.read_bytes()
    except (NoPicture, FileNotFoundError):
        raise Http404(public_id) from None
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": "private, max-age=300"})


def _kept(request: HttpRequest, **more: object) -> str:
    """What other views of the same document mark."""
    kept = {"q": searched_words(request.GET), "expand": searched_how(request.GET), **more}
    return urlencode({name: value for name, value in kept.items() if value})


def _facts(document: LibraryDocument) -> list[dict[str, object]]:
    is_address = document.source.startswith(("https://", "http://"))
    return [
        {"term": _("Number"), "value": document.public_id},
        {"term": _("Kind"), "value": document.get_kind_display()},
        {"term": _("Language"), "value": document.get_language_display()},
        {"term": _("Year"), "value": str(document.year or "")},
        {"term": _("Source"), "value": document.source, "url": document.source if is_address else ""},
        {"term": _("Rights"), "value": document.rights},
        *_file_facts(document),
    ]


def _file_facts(document: LibraryDocument) -> list[dict[str, object]]:
    """The file that everybody can download, and its hash."""
    if not document.offered_sha256:
        return []
    address = reverse("library:original", args=(document.public_id,))
    return [
        {"term": _("File"), "value": _("Download the file"), "url": address},
        {"term": "SHA-256", "value": document.offered_sha256},
    ]


def _prefix(request: HttpRequest) -> str:
    """The address of another part of this list, up to its number."""
    query = request.GET.copy()
    for name in ("page", "passage"):
        query.pop(name, None)
    return f"?{query.urlencode()}&page=" if query else "?page="
