"""Public pages of the library: the reading page. They read no session and set no cookie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.collation import in_order
from portal.common.described import Described
from portal.common.languages import DEFAULT
from portal.library.citing import Cited, cited_in
from portal.library.enums import Facet
from portal.library.filing import Label, labels, tags_of
from portal.library.forms import (
    asked_part,
    asked_passage,
    asked_words,
    kept_query,
    searched_how,
    searched_words,
)
from portal.library.listing import FILED
from portal.library.models import LibraryDocument
from portal.library.page_images import has_pages
from portal.library.queries import (
    PASSAGES_PER_PART,
    contents_of,
    document_by_public_id,
    parallel_versions,
    part_number,
    part_of,
)
from portal.library.reading import ReadPassage, read_passages
from portal.library.related import related_to

SHEETS_PER_PART = 10
MOST_HEADINGS = 200
FIRST_FILED = 8


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
    passages = read_passages(
        shown, q=q, how=searched_how(request.GET), ui_language=language, language=row.language
    )
    named, cited = labels(tags_of(row), language), cited_in(row, language)
    context = {
        "document": row,
        "described": _described(row),
        "page": page,
        "leaves": _leaves(request, passages, cited),
        "q": q,
        "asked": asked,
        "is_elsewhere": row.version > 1 and _is_elsewhere(passages, asked, asked_words(request.GET)),
        "contents": contents[:MOST_HEADINGS] if len(contents) > 1 else (),
        "parallel": parallel_versions(row),
        "pictures": has_pages(row),
        "sheets": page.object_list if row.is_pictures else (),
        "words": kept_query(request.GET),
        "facts": [*_facts(row), *_filed(named)],
        "cited": cited,
        "related": related_to(row, named),
        "prefix": _prefix(request),
        "crumbs": [
            {"title": _("Library"), "url": reverse("library:index")},
            {"title": row.title, "lang": row.language},
        ],
    }
    return render(request, "library/document.html", context)


@dataclass(frozen=True, slots=True)
class Leaf:
    """The passages that begin on one page, each with what cites it. `page` is None of what has no pages,
    `label` what is printed on it, `asked` the passage that is asked for if it is one of them, `query` what is
    to be marked on its picture.
    """

    page: int | None
    label: str
    asked: int | None
    passages: list[tuple[ReadPassage, list[Cited]]]
    query: str

    @property
    def called(self) -> str:
        return self.label or str(self.page or "")


def _leaves(request: HttpRequest, passages: Sequence[ReadPassage], cited: Sequence[Cited]) -> list[Leaf]:
    """A part of the reading page, page by page."""
    groups: list[list[ReadPassage]] = []
    for each in passages:
        if each.page or not groups:
            groups.append([])
        groups[-1].append(each)
    return [_leaf(request, group, cited) for group in groups]


def _leaf(request: HttpRequest, passages: Sequence[ReadPassage], cited: Sequence[Cited]) -> Leaf:
    asked = asked_passage(request.GET)
    here = asked if asked in {each.position for each in passages} else None
    query = kept_query(request.GET, passage=here)
    return Leaf(
        page=passages[0].page,
        label=passages[0].label,
        asked=here,
        passages=[(each, _at(cited, each.position)) for each in passages],
        query=f"?{query}" if query else "",
    )


def _at(cited: Sequence[Cited], position: int) -> list[Cited]:
    return [each for each in cited if each.position == position]


def _is_elsewhere(passages: Sequence[ReadPassage], asked: int | None, words: str) -> bool:
    """Whether the words that the address was made for do not stand where it leads."""
    return bool(words) and words not in {each.words for each in passages if each.position == asked}


def _described(document: LibraryDocument) -> Described:
    """What is known of it, in the language of the document; no author and no date that nobody gave."""
    facts = {
        "identifier": document.public_id,
        "inLanguage": list(document.languages),
        **({"datePublished": document.dated} if document.dated else {}),
    }
    return Described(document.description, "DigitalDocument", facts)


def _parts(document: LibraryDocument) -> Paginator[int]:
    """Passages by their place, or pages where those are all there is to see."""
    if document.is_pictures:
        return Paginator(range(1, document.pages + 1), SHEETS_PER_PART)
    return Paginator(range(document.passages_count), PASSAGES_PER_PART)


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


def _filed(named: Mapping[str, Mapping[str, Label]]) -> list[dict[str, object]]:
    """What it is filed under, each with the list of the documents that share it; long lists are folded."""
    rows: list[dict[str, object]] = []
    for facet, by_value in named.items():
        links = [_filed_link(facet, each) for each in in_order(by_value.values(), lambda each: each.text)]
        first = FIRST_FILED if len(links) > FIRST_FILED + 1 else len(links)
        rows.append({"term": Facet(facet).label, "links": links[:first], "more": links[first:]})
    return rows


def _filed_link(facet: str, label: Label) -> dict[str, str]:
    """Of official texts there is no list."""
    names = [name for name, each in FILED.items() if each == facet]
    address = f"{reverse('library:index')}?{urlencode({names[0]: label.code})}" if names else ""
    return {"label": label.text, "url": address, "lang": label.lang}


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
    for name in ("page", "passage", "words"):
        query.pop(name, None)
    return f"?{query.urlencode()}&page=" if query else "?page="
