"""Public texts that say the same in several languages, piece by piece, read from what is public now.

A piece of a page is a string of its published content, known by the place it stands in, as the translation
tool pairs them. A piece of a record is its title or a text; of translations, official ones of the version
that is public. Drafts, restricted pages, machine translations and what was withdrawn are never read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.cms.pages import PortalPage
from portal.cms.queries import hidden_paths, is_hidden
from portal.cms.routing import Roots, code_of, public_path, root_paths
from portal.common.ids import parse_public_id
from portal.publication.enums import TranslationKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.records.types import record_type, type_of_letter

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-ÿ]|[¿¡«“\"(])")
PAGE, RECORD = "page", "record"


@dataclass(frozen=True, slots=True)
class Aligned:
    """A piece in several languages. `reference` finds it again as long as it is public."""

    texts: dict[str, str]
    reference: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The page or record a piece stands in, for a reader of one language."""

    title: str
    language: str
    url: str
    texts: dict[str, str]


def aligned_texts() -> list[Aligned]:
    """All of them, as finely as they can be told apart."""
    return [
        Aligned(texts, aligned.reference)
        for aligned in (*_of_pages(), *_of_records())
        for texts in _finer(aligned.texts)
        if len(texts) > 1
    ]


def source_of(reference: Mapping[str, Any], language: str) -> Source | None:
    """What a reference leads to; None when it is not public any more."""
    if reference.get("source") == RECORD:
        return _record_source(reference, language)
    return _page_source(reference, language)


def _of_pages(key: str | None = None) -> list[Aligned]:
    pieces: dict[tuple[str, str, int], dict[str, str]] = defaultdict(dict)
    roots = root_paths()
    for page in _public_pages(roots, key):
        for segment in extract_segments(page):
            if isinstance(segment, StringSegmentValue):
                place = (str(page.translation_key), segment.path, segment.order)
                pieces[place][code_of(page.url_path, roots)] = segment.string.render_text()
    return [
        Aligned(texts, {"source": PAGE, "key": key, "path": path, "order": order})
        for (key, path, order), texts in pieces.items()
    ]


def _public_pages(roots: Roots, key: str | None = None) -> Iterator[PortalPage]:
    hidden, rows = hidden_paths(), Page.objects.filter(live=True, depth__gt=1).order_by("pk")
    if key is not None:
        rows = rows.filter(translation_key=key)
    for page in rows.specific().iterator(chunk_size=200):
        is_public = not is_hidden(page.path, hidden) and public_path(page.url_path, roots)
        if isinstance(page, PortalPage) and is_public:
            yield page


def _of_records() -> Iterator[Aligned]:
    for record in published().prefetch_related("translations").iterator(chunk_size=200):
        yield from _of_record(record)


def _of_record(record: Record) -> Iterator[Aligned]:
    versions = {record.language: (record.title, record.texts)}
    for row in record.translations.all():
        is_current = row.of_version == record.version and row.kind == TranslationKind.OFFICIAL
        if is_current and row.language != record.language:
            versions[row.language] = (row.title, row.texts)
    if len(versions) > 1:
        pieces: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        for language, (title, texts) in versions.items():
            for place, text in _pieces(record.kind, title, texts):
                pieces[place][language] = text
        for (name, at), aligned in pieces.items():
            yield Aligned(aligned, {"source": RECORD, "key": record.public_id, "field": name, "at": at})


def _pieces(kind: str, title: str, texts: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], str]]:
    yield ("title", 0), title
    for name in record_type(kind).texts:
        value = texts.get(name, "")
        for at, text in enumerate(value if isinstance(value, list) else [value]):
            yield (name, at), text


def _finer(texts: dict[str, str]) -> Iterator[dict[str, str]]:
    """By paragraph, and each by sentence, where all languages have the same number of them."""
    for paragraph in _split(texts, lambda text: text.split("\n")):
        yield from _split(paragraph, _SENTENCE.split)


def _split(texts: dict[str, str], parts_of: Any) -> list[dict[str, str]]:
    parts = {code: [part.strip() for part in parts_of(text) if part.strip()] for code, text in texts.items()}
    parts = {code: pieces for code, pieces in parts.items() if pieces}
    if len({len(pieces) for pieces in parts.values()}) != 1:
        return [{code: text for code, text in texts.items() if code in parts}]
    return [dict(zip(parts, each, strict=True)) for each in zip(*parts.values(), strict=True)]


def _record_source(reference: Mapping[str, Any], language: str) -> Source | None:
    parsed = parse_public_id(str(reference.get("key", "")))
    known = type_of_letter(parsed[0]) if parsed else None
    if parsed is None or known is None:
        return None
    rows = published(known.kind).prefetch_related("translations")
    record = rows.filter(pk=parsed[1]).first()
    aligned = _referred(_of_record(record), reference) if record else None
    if record is None or aligned is None:
        return None
    return Source(record.title, record.language, record.path(language), aligned.texts)


def _page_source(reference: Mapping[str, Any], language: str) -> Source | None:
    key = str(reference.get("key", ""))
    aligned = _referred(_of_pages(key), reference)
    if aligned is None:
        return None
    roots = root_paths()
    pages = sorted(_public_pages(roots, key), key=lambda page: code_of(page.url_path, roots) != language)
    page = pages[0]
    url = public_path(page.url_path, roots, language) or "/"
    return Source(page.title, code_of(page.url_path, roots), url, aligned.texts)


def _referred(pieces: Iterable[Aligned], reference: Mapping[str, Any]) -> Aligned | None:
    return next((piece for piece in pieces if piece.reference == dict(reference)), None)
