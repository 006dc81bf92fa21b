"""Word files without author, comments, tracked changes, macros and carried files; pictures drawn anew."""

import io
import re
import zipfile
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.oxml.ns import qn
from lxml import etree

from portal.files.cleaning.images import clean_image
from portal.files.refusals import Refused, damaged

Element = Any  # lxml elements have no usable type
# By the last part of their type; the numbers before it differ between versions of Word.
_KEPT_PARTS = frozenset(
    {
        *(
            "officeDocument",
            "core-properties",
            "styles",
            "stylesWithEffects",
            "numbering",
            "settings",
            "theme",
        ),
        *("fontTable", "webSettings", "header", "footer", "footnotes", "endnotes", "image"),
        "hyperlink",
        *("chart", "chartStyle", "chartColorStyle", "diagramData", "diagramLayout", "diagramQuickStyle"),
        *("diagramColors", "diagramDrawing"),
    }
)
_WEB = ("http://", "https://", "mailto:", "#")
_REMOVED = {
    qn(f"w:{name}")
    for name in (
        *("del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
        *(
            "rPrChange",
            "pPrChange",
            "sectPrChange",
            "tblPrChange",
            "tblGridChange",
            "tcPrChange",
            "trPrChange",
        ),
        *(
            "tblPrExChange",
            "numberingChange",
            "cellDel",
            "cellIns",
            "cellMerge",
            "object",
            "control",
            "altChunk",
        ),
        *("attachedTemplate", "rsids", "docVars", "mailMerge", "moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd", "delInstrText", "trackRevisions", "people"),
    )
}
_UNWRAPPED = {qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}
_LINK, _ID = qn("w:hyperlink"), qn("r:id")
_LINKED, _EMBEDDED = qn("r:link"), qn("r:embed")
_REVISION = re.compile(r"\}rsid\w*$")
_NAMED = {qn("w:author"), qn("w:initials"), qn("w:date")}
# Of 1980, as archives write time and day.
_FIRST_DAY = b"\x00\x00\x21\x00"
_BLANK = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


def clean_docx(content: bytes) -> bytes:
    """Raises `Refused`."""
    try:
        document = Document(io.BytesIO(content))
        _clean_package(document.part.package)
        _clean_core(document.core_properties)
        sink = io.BytesIO()
        document.save(sink)
        return _dated_alike(sink.getvalue())
    except (Refused, MemoryError):
        raise
    except Exception:  # a broken file makes zipfile, lxml and python-docx raise nearly anything
        raise damaged() from None


def _dated_alike(archive: bytes) -> bytes:
    """When its parts were written is no part of a file: the same words are the same bytes at any time."""
    dated = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as entries:
        listed = entries.start_dir
        for entry in entries.infolist():
            dated[entry.header_offset + 10 : entry.header_offset + 14] = _FIRST_DAY
            dated[listed + 12 : listed + 16] = _FIRST_DAY
            listed += 46 + len(entry.filename.encode()) + len(entry.extra) + len(entry.comment)
    return bytes(dated)


def _clean_package(package: Any) -> None:
    """Parts that no relationship leads to are not written."""
    _keep_relationships(package.rels)
    for part in list(package.iter_parts()):
        _keep_relationships(part.rels)
        kind = part.content_type
        if kind.startswith("image/"):
            part._blob = _picture(part.blob)
        elif getattr(part, "element", None) is not None:
            _clean_tree(part.element, part.rels)
        elif kind.endswith("+xml"):
            part._blob = _rewritten(part.blob, part.rels)


def _keep_relationships(relationships: Any) -> None:
    for name, each in list(relationships.items()):
        is_kept = each.reltype.rsplit("/", 1)[-1] in _KEPT_PARTS
        if each.is_external:
            is_kept = each.reltype == KIND.HYPERLINK and each.target_ref.lower().startswith(_WEB)
        if not is_kept:
            del relationships[name]


def _rewritten(blob: bytes, relationships: Collection[str]) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(blob, parser)
    _clean_tree(root, relationships)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _clean_tree(root: Element, relationships: Collection[str]) -> None:
    """`relationships` are those that were kept: a link or picture that leads nowhere breaks the file."""
    for each in list(root.iter()):
        if not isinstance(each.tag, str) or each.tag in _REMOVED:  # a comment of XML or an instruction
            _remove(each)
        elif each.tag in _UNWRAPPED or (each.tag == _LINK and each.get(_ID, "") not in {"", *relationships}):
            _unwrap(each)
        else:
            _clean_attributes(each, relationships)


def _clean_attributes(element: Element, relationships: Collection[str]) -> None:
    for name, value in list(element.attrib.items()):
        leads_nowhere = name in {_LINKED, _EMBEDDED} and value not in relationships
        if name in _NAMED or _REVISION.search(name) or leads_nowhere:
            del element.attrib[name]


def _remove(element: Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """What stands in it stays; a mark of a change with nothing in it goes."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(place + offset, child)
    parent.remove(element)


def _picture(blob: bytes) -> bytes:
    """Drawn anew; a drawing of a kind that cannot be is left blank."""
    try:
        return clean_image(blob)
    except Refused:
        return _BLANK


def _clean_core(core: Any) -> None:
    title, language = core.title, core.language
    names = ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by")
    for name in (*names, "subject", "version"):
        setattr(core, name, "")
    core.title, core.language, core.revision = title, language, 1
    core.created = core.modified = core.last_printed = datetime(2000, 1, 1, tzinfo=UTC)
