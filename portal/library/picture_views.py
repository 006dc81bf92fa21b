"""Pages of a PDF as pictures: each on a page of its own, as a file, and as a file with its marks.

They read no session and set no cookie.
"""

from base64 import b64encode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.charts.svg import NAMESPACE, element, joined
from portal.common.languages import DEFAULT
from portal.library.forms import asked_passage, kept_query, searched_how, searched_words
from portal.library.models import LibraryDocument
from portal.library.page_images import Box, NoPicture, PageImage, has_pages, page_image
from portal.library.page_marks import Span, spans_of_passage
from portal.library.queries import document_by_public_id, first_on_page, words_at
from portal.library.reading import found_spans

PRIVATE = {"Cache-Control": "private, max-age=300"}
# Of the sun of the pages, thin enough for the print below it; a file has no style sheet to ask.
MARK, MARK_SHARE = "#f2b632", 0.35


@require_safe
def page(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One page of a PDF as a picture, with the searched words or else the asked passage marked on it."""
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
        "words": kept_query(request.GET),
        "as_text": f"{text}?{kept_query(request.GET, passage=place)}#p{place}",
        "crumbs": [
            {"title": _("Library"), "url": reverse("library:index")},
            {"title": row.title, "url": text, "lang": row.language},
        ],
    }
    response = render(request, "library/page.html", context)
    if shown is None:
        # The next one who asks may find it drawn.
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def picture(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The picture itself."""
    try:
        content = page_image(document_by_public_id(public_id), number).path.read_bytes()
    except (NoPicture, FileNotFoundError):
        raise Http404(public_id) from None
    return HttpResponse(content, content_type="image/webp", headers=PRIVATE)


@require_safe
def marked(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The picture with its marks as one SVG, for an `<img>`, which loads nothing from within."""
    row = document_by_public_id(public_id)
    try:
        shown = page_image(row, number)
        content = _svg(shown, shown.path.read_bytes(), _boxes(request, row, shown))
    except (NoPicture, FileNotFoundError):
        raise Http404(public_id) from None
    return HttpResponse(content, content_type="image/svg+xml", headers=PRIVATE)


def _shown(
    request: HttpRequest, document: LibraryDocument, number: int
) -> tuple[PageImage | None, list[Box]]:
    """The picture, where there is one, and the places of what is marked on it."""
    try:
        shown = page_image(document, number)
    except NoPicture:
        return None, []
    return shown, _boxes(request, document, shown)


def _boxes(request: HttpRequest, document: LibraryDocument, shown: PageImage) -> list[Box]:
    return shown.boxes(_spans(request, document, shown.text))


def _spans(request: HttpRequest, document: LibraryDocument, text: str) -> list[Span]:
    """The searched words; without any the asked passage. One query at most."""
    q, asked = searched_words(request.GET), asked_passage(request.GET)
    if q:
        return found_spans(text, q, searched_how(request.GET), get_language() or DEFAULT, document.language)
    return spans_of_passage(text, words_at(document, asked)) if asked else []


def _svg(shown: PageImage, content: bytes, boxes: list[Box]) -> str:
    size = {"width": shown.width, "height": shown.height}
    drawn = element("image", href=f"data:image/webp;base64,{b64encode(content).decode()}", **size)
    marks = joined(
        element(
            "rect",
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            fill=MARK,
            fill_opacity=MARK_SHARE,
        )
        for box in boxes
    )
    view = f"0 0 {shown.width} {shown.height}"
    return element("svg", drawn, marks, xmlns=NAMESPACE, viewBox=view, **size)
