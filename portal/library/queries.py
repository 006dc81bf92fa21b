"""Reads of the library: what everyone may see."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import Http404

from portal.common.collation import alphabetical
from portal.common.errors import Gone
from portal.common.ids import parse_public_id
from portal.library.models import LETTER, LibraryDocument, LibraryPassage

PASSAGES_PER_PART = 40


def published_documents(
    *, kinds: Sequence[str] = (), languages: Sequence[str] = ()
) -> QuerySet[LibraryDocument]:
    """Public documents, newest first; those without a year last."""
    rows = LibraryDocument.objects.filter(live=True)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if languages:
        rows = rows.filter(language__in=languages)
    return rows.order_by(F("year").desc(nulls_last=True), alphabetical("title"), "pk")


def find_document(public_id: str) -> LibraryDocument | None:
    """The document with this number, public or withdrawn; None when there never was one."""
    parsed = parse_public_id(public_id)
    if parsed is None or parsed[0] != LETTER:
        return None
    return LibraryDocument.objects.filter(pk=parsed[1]).first()


def document_by_public_id(public_id: str) -> LibraryDocument:
    """The public document with this number. Raises `Http404`, or `Gone` for a withdrawn one."""
    document = find_document(public_id)
    if document is None:
        raise Http404(public_id)
    if not document.live:
        raise Gone(document.public_id, document.withdrawn_at, why=document.withdrawn_reason)
    return document


def parallel_versions(document: LibraryDocument) -> list[LibraryDocument]:
    """The same work in other languages, as far as it is public; one query, none for a work of its own."""
    if document.work is None:
        return []
    rows = LibraryDocument.objects.filter(work=document.work, live=True).exclude(pk=document.pk)
    return list(rows.order_by("language", "pk"))


def document_with_passages(public_id: str) -> tuple[LibraryDocument, list[LibraryPassage]] | None:
    """A public document with all its passages in order, for the index; None when it is not public."""
    document = find_document(public_id)
    if document is None or not document.live:
        return None
    return document, list(document.passages.order_by("position"))


def part_of(document: LibraryDocument, number: int) -> list[LibraryPassage]:
    """The passages of one part of the reading page; parts count from 1."""
    first = (number - 1) * PASSAGES_PER_PART
    return list(
        document.passages.filter(position__gt=first, position__lte=first + PASSAGES_PER_PART).order_by(
            "position"
        )
    )


def part_number(position: int) -> int:
    """The part of the reading page a passage stands in."""
    return (max(1, position) - 1) // PASSAGES_PER_PART + 1


def first_on_page(document: LibraryDocument, page: int) -> int:
    """The position of the first passage on a page or after it; of the last one when nothing follows."""
    positions = (
        document.passages.filter(page__gte=page).order_by("position").values_list("position", flat=True)
    )
    return positions.first() or document.passages_count


def passage_path(document_path: str, position: int, q: str = "") -> str:
    """The address that opens a document at a passage with the words of `q` marked."""
    query = {"q": q, "passage": position} if q else {"passage": position}
    return f"{document_path}?{urlencode(query)}#p{position}"


def matching_passages(document: LibraryDocument, words: str) -> QuerySet[LibraryPassage]:
    """Those in which each of the words stands, in the order of the document; all of them without words."""
    rows = document.passages.order_by("position")
    for word in words.split():
        rows = rows.filter(text__icontains=word)
    return rows


def contents_of(document: LibraryDocument) -> list[tuple[int, str]]:
    """Its headings with the position of the passage that each first stands over. One query."""
    rows = document.passages.order_by("position").values_list("position", "heading")
    headings: list[tuple[int, str]] = []
    for position, heading in rows:
        if heading and (not headings or headings[-1][1] != heading):
            headings.append((position, heading))
    return headings


def printed_page(document: LibraryDocument, position: int) -> str:
    """What is printed on the page of a passage, or its place in the file; empty without pages. One query."""
    row = document.passages.filter(position=position).values_list("label", "page").first()
    label, page = row or ("", None)
    return label or str(page or "")
