"""Word files of what readers see alone: `word_trees` says what that is. Pictures are drawn anew."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.oxml.ns import qn
from lxml import etree

from portal.files.cleaning.images import clean_image
from portal.files.cleaning.word_hidden import Hidden
from portal.files.cleaning.word_trees import clean_tree
from portal.files.refusals import Refused, damaged

Element = Any  # lxml elements have no usable type
# By the last part of their type; the numbers before it differ between versions of Word.
_KEPT_PARTS = frozenset(
    {
        *(
            "officeDocument",
            "core-properties",
            "styles",
            "numbering",
            "settings",
            "theme",
        ),
        *("fontTable", "header", "footer", "footnotes", "endnotes", "image"),
        "hyperlink",
        *("chart", "chartStyle", "chartColorStyle", "diagramData", "diagramLayout", "diagramQuickStyle"),
        *("diagramColors", "diagramDrawing"),
    }
)
_WEB = ("http://", "https://", "mailto:", "#")
# Those that a part leads to by naming them; the others go with it.
_NAMED = frozenset({"header", "footer", "image", "hyperlink", "chart", "diagramData", "diagramLayout"})
_RELATIONS = qn("r:id")[:-2]
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
        _clean_package(document)
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


def _clean_package(document: Any) -> None:
    """Parts that no relationship leads to are not written."""
    package, hidden = document.part.package, Hidden(document.styles.element)
    _keep_relationships(package.rels)
    for part in list(package.iter_parts()):
        _keep_relationships(part.rels)
        if part.content_type.startswith("image/"):
            part._blob = _picture(part.blob)
        elif getattr(part, "element", None) is not None:
            _clean_part(part.element, part.rels, hidden)
        elif part.content_type.endswith("+xml"):
            part._blob = _rewritten(part.blob, part.rels, hidden)


def _keep_relationships(relationships: Any) -> None:
    for name, each in list(relationships.items()):
        is_kept = each.reltype.rsplit("/", 1)[-1] in _KEPT_PARTS
        if each.is_external:
            is_kept = each.reltype == KIND.HYPERLINK and each.target_ref.lower().startswith(_WEB)
        elif is_kept:
            kind = each.target_part.content_type
            is_kept = kind.startswith("image/") or kind.endswith("+xml")
        if not is_kept:
            del relationships[name]


def _rewritten(blob: bytes, relationships: Any, hidden: Hidden) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(blob, parser)
    _clean_part(root, relationships, hidden)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _clean_part(root: Element, relationships: Any, hidden: Hidden) -> None:
    """A header, a picture or a link that nothing in the part names is not shown: it goes."""
    clean_tree(root, relationships, hidden)
    used = {
        value for each in root.iter() for name, value in each.attrib.items() if name.startswith(_RELATIONS)
    }
    for name, each in list(relationships.items()):
        if name not in used and each.reltype.rsplit("/", 1)[-1] in _NAMED:
            del relationships[name]


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
