"""Reads DOCX: headings, list items with their depth, tables, text boxes and footnotes, in document order."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from portal.files.refusals import damaged
from portal.library.extraction.blocks import Block, Extracted, check_blocks
from portal.library.extraction.headings import plain_heading_level
from portal.library.extraction.inline import clean

_HEADING_STYLE = re.compile(r"^heading (\d)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"^list(?: (?:bullet|number|continue|paragraph))?(?: (\d))?$", re.IGNORECASE)
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:pict"), qn("w:drawing")}
_ENUMERATOR = re.compile(r"^\s*\(?[\w.]{1,5}[.)]\s*$")
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_MAX_DEPTH = 40
_MAIN, _PARAGRAPH_END = "word/document.xml", b"</w:p>"
Element = Any  # lxml elements have no usable type


def read(content: bytes, *, note_marks: bool = False) -> Extracted:
    check_blocks(_paragraphs(content))
    try:
        document = Document(io.BytesIO(content))
        styles = _Styles(document)
        if note_marks:
            _mark_notes(document)
        blocks = list(_children(document.element.body, styles, 0))
        blocks += _footnotes(document, styles)
    except MemoryError:
        raise
    except Exception:  # a broken file makes zipfile, lxml and python-docx raise nearly anything
        raise damaged() from None
    return Extracted(tuple(blocks), 1)


def _paragraphs(content: bytes) -> int:
    """How many the main part holds, counted before anything is made of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_MAIN) as part:
            return sum(chunk.count(_PARAGRAPH_END) for chunk in iter(lambda: part.read(1 << 20), b""))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, EOFError, zlib.error):
        raise damaged() from None


class _Styles:
    """What a paragraph's style and the styles it is based on say: heading level, list depth, bold."""

    def __init__(self, document: Any) -> None:  # Any: python-docx publishes no types
        self._by_id = {style.style_id: style for style in document.styles if style.style_id}

    def chain(self, style_id: str | None) -> Iterator[Any]:
        seen = 0
        style = self._by_id.get(style_id) if style_id else None
        while style is not None and seen < 12:
            yield style
            style = getattr(style, "base_style", None)
            seen += 1

    def heading(self, style_id: str | None) -> int:
        for style in self.chain(style_id):
            name = style.name or ""
            if match := _HEADING_STYLE.match(name):
                return min(6, int(match[1]) or 1)
            if name.lower() in ("title", "subtitle"):
                return 1
            outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None and int(outline.get(qn("w:val"), "9")) < 6:
                return int(outline.get(qn("w:val"))) + 1
        return 0

    def list_depth(self, style_id: str | None) -> int:
        for style in self.chain(style_id):
            if (match := _LIST_STYLE.match(style.name or "")) and style.name.lower() != "list paragraph":
                return int(match[1] or 1)
            if style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None and not _HEADING_STYLE.match(
                style.name or ""
            ):
                return 1
        return 0

    def bold(self, style_id: str | None) -> bool:
        return any(_on(style.element.find(qn("w:rPr")), qn("w:b")) for style in self.chain(style_id))


def _on(properties: Element, tag: str) -> bool | None:
    """A switch such as w:b: True, False, or None when it is not there."""
    element = properties.find(tag) if properties is not None else None
    if element is None:
        return None
    return element.get(qn("w:val"), "1") not in ("0", "false", "off", "none")


def _children(parent: Element, styles: _Styles, depth: int) -> Iterator[Block]:
    if depth > _MAX_DEPTH:
        return
    for element in parent.iterchildren():
        if element.tag == qn("w:p"):
            yield from _paragraph(element, styles)
            for box in element.iter(qn("w:txbxContent")):
                if not any("Fallback" in str(above.tag) for above in box.iterancestors()):
                    yield from _children(box, styles, depth + 1)
        elif element.tag == qn("w:tbl"):
            yield from _table(element, styles, depth)
        elif element.tag in (
            qn("w:sdt"),
            qn("w:sdtContent"),
            qn("w:ins"),
            qn("w:customXml"),
            qn("w:smartTag"),
        ):
            yield from _children(element, styles, depth + 1)


def _table(element: Element, styles: _Styles, depth: int) -> Iterator[Block]:
    """Row by row, each cell with its own blocks; a merged cell once."""
    for row in element.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not element:
            continue
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is row:
                yield from _children(cell, styles, depth + 1)


def _paragraph(element: Element, styles: _Styles) -> Iterator[Block]:
    properties = element.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    style_id = style.get(qn("w:val")) if style is not None else None
    outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
    level = styles.heading(style_id)
    if outline is not None and int(outline.get(qn("w:val"), "9")) < 6:
        level = int(outline.get(qn("w:val"))) + 1
    depth = 0 if level else _list_depth(properties, styles, style_id)
    lines = [line for line in _lines(element, styles.bold(style_id), styles) if line[0]]
    for position, (text, lead, tail) in enumerate(lines):
        item = depth > 0 and position == 0
        guessed = 0 if item or level else _guessed_level(text, lead)
        level_here = level or guessed or (depth if item else 0)
        lead = "" if level else lead
        yield Block(text, None, bool(level or guessed), level_here, item, lead, tail)


def _list_depth(properties: Element, styles: _Styles, style_id: str | None) -> int:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None:
        return styles.list_depth(style_id)
    number = numbering.find(qn("w:numId"))
    if number is not None and number.get(qn("w:val")) == "0":
        return 0
    indent = numbering.find(qn("w:ilvl"))
    return (
        1 + int(indent.get(qn("w:val"), "0")) if indent is not None else max(1, styles.list_depth(style_id))
    )


def _guessed_level(text: str, lead: str) -> int:
    """A heading made by hand: a short line all in bold, or one that reads like a heading."""
    if lead == text and len(text.split()) <= 25 and text[-1] not in ".?!;,":
        return plain_heading_level(text) or 6
    return plain_heading_level(text)


def _lines(element: Element, bold: bool, styles: _Styles) -> Iterator[tuple[str, str, str]]:
    """The paragraph's text, bold beginning and italic end, one of each for every line broken by hand."""
    text, lead, tail = "", "", ""
    for run in _runs(element, bold, styles):
        for number, part in enumerate(run.text.split("\n")):
            if number:
                yield clean(text), _bold_beginning(lead), clean(tail)
                text, lead, tail = "", "", ""
            before_title = not part.strip() or bool(_ENUMERATOR.match(part))
            lead += part if text == lead and (run.bold or before_title) else ""
            tail = tail + part if run.italic else tail if not part.strip() else ""
            text += part
    yield clean(text), _bold_beginning(lead), clean(tail)


def _bold_beginning(lead: str) -> str:
    """A number alone in front of plain text is no bold beginning."""
    return "" if _ENUMERATOR.match(lead) else clean(lead)


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    bold: bool
    italic: bool


def _runs(element: Element, bold: bool, styles: _Styles) -> Iterator[_Run]:
    for run in element.iter(qn("w:r")):
        above = [ancestor.tag for ancestor in run.iterancestors()]
        if _SKIPPED.intersection(above[: _depth_within(run, element)]):
            continue
        properties = run.find(qn("w:rPr"))
        own = _on(properties, qn("w:b"))
        style = properties.find(qn("w:rStyle")) if properties is not None else None
        styled = styles.bold(style.get(qn("w:val"))) if style is not None else False
        text = "".join(map(_run_text, run.iterchildren()))
        yield _Run(text, bold or styled if own is None else own, bool(_on(properties, qn("w:i"))))


def _depth_within(run: Element, paragraph: Element) -> int:
    """How many elements stand between a run and its paragraph."""
    count = 0
    for ancestor in run.iterancestors():
        if ancestor is paragraph:
            return count
        count += 1
    return count


def _run_text(element: Element) -> str:
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag in (qn("w:br"), qn("w:cr")):
        return "\n"
    if element.tag in (qn("w:tab"), qn("w:ptab")):
        return "\t"
    return "-" if element.tag == qn("w:noBreakHyphen") else ""


def _footnotes(document: Any, styles: _Styles) -> list[Block]:  # Any: python-docx publishes no types
    for relation in document.part.rels.values():
        if relation.reltype == _FOOTNOTES and not relation.is_external:
            root = _root_of(relation)
            return [block for note in root.iterchildren() for block in _children(note, styles, 0)]
    return []


def _root_of(relation: Any) -> Element:  # Any: python-docx publishes no types
    """The footnotes, read once: their marks may have been written into them."""
    part = relation.target_part
    if not hasattr(part, "footnotes_root"):
        part.footnotes_root = etree.fromstring(part.blob, _safe_parser())
    return part.footnotes_root


def _mark_notes(document: Any) -> None:  # Any: python-docx publishes no types
    """Writes `[^1]` where a footnote is referred to and where it begins, counted through the document."""
    numbers: dict[str, int] = {}
    for reference in document.element.body.iter(qn("w:footnoteReference")):
        number = numbers.setdefault(reference.get(qn("w:id"), ""), len(numbers) + 1)
        _become_text(reference, f"[^{number}]")
    for relation in document.part.rels.values():
        if relation.reltype == _FOOTNOTES and not relation.is_external:
            for note in _root_of(relation).iterchildren():
                mark = next(note.iter(qn("w:footnoteRef")), None)
                if mark is not None and note.get(qn("w:id")) in numbers:
                    _become_text(mark, f"[^{numbers[note.get(qn('w:id'))]}]: ")


def _become_text(element: Element, text: str) -> None:
    element.tag = qn("w:t")
    element.text = text


def _safe_parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
