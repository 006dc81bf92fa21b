"""The passages a search finds as a file, a row each, written while they are read; its view calls it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.citation import PORTAL, Citation
from portal.common.ids import parse_public_id
from portal.library.models import LETTER, LibraryPassage
from portal.library.queries import published_documents
from portal.publication.authors import speaker
from portal.records.columns import LANGUAGES
from portal.tables.codebook import Columns, Holds, Meaning, names_of
from portal.tables.writing import FORMATS, Cell, csv_chunks, json_chunks, table_response
from search.engines.base import EngineUnavailable, SnapshotGone
from search.results.citation import as_text, is_document, permalink
from search.results.highlighting import reasons
from search.results.hits import Hit, ShownPassage
from search.results.service import Answer, Question, scroll_on, scroll_page

MOST_PASSAGES = 5_000
BATCH = 100
NAME = "search-passages"
COLUMNS: Columns = (
    Meaning("rank", gettext_lazy("Place of the document among the results"), Holds.WHOLE),
    Meaning("id", gettext_lazy("Permanent number or key; /r/ID/ leads to the page"), Holds.NUMBER),
    Meaning("title", gettext_lazy("Title")),
    Meaning("kind", gettext_lazy("What it is"), Holds.CODE),
    Meaning("language", gettext_lazy("Language of what was matched"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("year", gettext_lazy("Year that it counts for"), Holds.WHOLE, empty=gettext_lazy("not known")),
    Meaning("heading", gettext_lazy("Heading above the passage"), empty=gettext_lazy("there is none")),
    Meaning("page", gettext_lazy("Page as it is printed"), empty=gettext_lazy("it has no pages")),
    Meaning("position", gettext_lazy("Number of the passage in its document"), Holds.WHOLE),
    Meaning("text", gettext_lazy("The passage")),
    Meaning("address", gettext_lazy("The address that stays"), Holds.ADDRESS),
    Meaning("citation", gettext_lazy("Citation")),
    Meaning("matched", gettext_lazy("Passages of this document that match"), Holds.WHOLE),
    Meaning("found", gettext_lazy("The words found, with what was typed"), empty=gettext_lazy("no words")),
    Meaning(
        "concepts",
        gettext_lazy("Concepts of the glossary that led there, by key"),
        empty=gettext_lazy("none was needed"),
    ),
)
HEADING = names_of(COLUMNS)
Row = tuple[Cell, ...]
Pair = tuple[int, Hit, ShownPassage]


def file_of(
    kind: str, question: Question, *, most: int = MOST_PASSAGES
) -> HttpResponse | StreamingHttpResponse:
    """The file in the form `kind`. Raises `EngineUnavailable` where nothing can be read.

    CSV and JSON go out while later pages are read; a workbook is written whole.
    """
    rows = rows_of(question, most=most)
    first = next(rows, None)
    whole = chain([] if first is None else [first], rows)
    if kind == "xlsx":
        return table_response(kind, NAME, COLUMNS, whole)
    write: Callable[[Sequence[str], Iterator[Row]], Iterator[bytes]] = {
        "csv": csv_chunks,
        "json": json_chunks,
    }[kind]
    response = StreamingHttpResponse(write(HEADING, whole), content_type=FORMATS[kind].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def rows_of(question: Question, *, most: int) -> Iterator[Row]:
    """Up to three passages of each document, the best first; a last row says where more was found.

    A few queries for each hundred documents. What is withdrawn while it is read is left out.
    """
    written, ranked, answer = 0, 0, scroll_page(question, size=BATCH)
    while True:
        pairs = [
            (rank, hit, each) for rank, hit in enumerate(answer.hits, ranked + 1) for each in hit.passages
        ]
        # Between two of its rows a file is in nobody's language.
        with translation.override(question.ui):
            batch = _rows(pairs[: most - written], answer)
        yield from batch
        written, ranked = written + len(batch), ranked + len(answer.hits)
        if len(batch) < len(pairs) or (written >= most and answer.place):
            with translation.override(question.ui):
                words = _("Cut here: more was found than the %(most)d passages that fit.") % {"most": most}
            yield _told(words)
            return
        if answer.place is None:
            return
        try:
            answer = scroll_on(answer, size=BATCH)
        except (EngineUnavailable, SnapshotGone):
            with translation.override(question.ui):
                words = _("Cut here: the search could not go on. Download the file again.")
            yield _told(words)
            return


def _told(words: str) -> Row:
    return tuple(words if name == "title" else "" for name in HEADING)


def _rows(pairs: Sequence[Pair], answer: Answer) -> list[Row]:
    sources, pages = _sources(pairs), _printed_pages(pairs)
    rows = []
    for rank, hit, passage in pairs:
        page = pages.get((hit.id, passage.position), str(passage.page or ""))
        why = reasons(answer.asked, passage.text, passage.heading, hit.title, hit.language)
        row: dict[str, Cell] = {
            "rank": rank,
            "id": hit.id,
            "title": hit.title,
            "kind": hit.kind,
            "language": hit.language,
            "year": hit.year,
            "heading": passage.heading,
            "page": page,
            "position": passage.position,
            "text": passage.text,
            "address": settings.SITE_URL + permalink(hit.id, hit.language, passage.position),
            "citation": _citation(hit, passage, page, sources.get(hit.id, "")),
            "matched": hit.matched,
            "found": "; ".join(dict.fromkeys(f"{each.found} ({each.typed})" for each in why)),
            "concepts": "; ".join(sorted({each.concept for each in why if each.concept})),
        }
        rows.append(tuple(row[name] for name in HEADING))
    return rows


def _citation(hit: Hit, passage: ShownPassage, page: str, source: str) -> str:
    author = speaker(hit.details) or source or ("" if is_document(hit.id) else PORTAL)
    return as_text(
        Citation(
            identity=hit.id,
            kind=hit.kind,
            language=hit.language,
            position=passage.position,
            author=" ".join(author.split()),
            title=" ".join(hit.title.split()),
            year=hit.year,
            page=page,
            url=settings.SITE_URL + permalink(hit.id, hit.language, passage.position),
            seen=timezone.localdate(),
            text=passage.text,
        )
    )


def _library(pairs: Sequence[Pair]) -> dict[int, str]:
    """The documents of the library among them: key and public number."""
    parsed = {hit.id: parse_public_id(hit.id) for _rank, hit, _passage in pairs}
    return {each[1]: number for number, each in parsed.items() if each and each[0] == LETTER}


def _sources(pairs: Sequence[Pair]) -> dict[str, str]:
    """Where documents of the library come from, unless that is an address. One query."""
    numbers = _library(pairs)
    rows = published_documents().order_by().filter(pk__in=numbers).values_list("pk", "source")
    return {numbers[pk]: source for pk, source in rows if not source.startswith(("https://", "http://"))}


def _printed_pages(pairs: Sequence[Pair]) -> dict[tuple[str, int], str]:
    """What is printed on the pages of library passages, or their place in the file. One query."""
    numbers = _library(pairs)
    positions = {passage.position for _rank, _hit, passage in pairs}
    rows = LibraryPassage.objects.filter(document__in=numbers, position__in=positions)
    told = rows.values_list("document_id", "position", "label", "page")
    return {(numbers[pk], position): label or str(page or "") for pk, position, label, page in told}
