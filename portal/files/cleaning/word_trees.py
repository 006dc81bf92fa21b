"""Of the tree of one part of a Word file, what readers see: an allow-list of elements and attributes.

Fields become the text that they show, hidden words go; `word_hidden` says which are hidden.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from portal.files.cleaning.word_fields import leave_shown
from portal.files.cleaning.word_hidden import Hidden, remove, without_hidden

Element = Any  # lxml elements have no usable type
# Elements of python-docx have a `text` of their own.
_SET_TEXT = etree._Element.text.__set__
_OFFICE, _MICROSOFT = "http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/"
_WORD, _RELATIONS = qn("w:p")[:-1], qn("r:id")[:-2]
_MATH, _ANEW = _OFFICE + "officeDocument/2006/math", _OFFICE + "markup-compatibility/2006"
_VML, _CORE = "urn:schemas-microsoft-com:vml", _OFFICE + "package/2006/metadata/core-properties"
_DRAWN = frozenset(
    {
        *(_OFFICE + f"drawingml/2006/{name}" for name in ("main", "chart", "diagram", "picture")),
        _OFFICE + "drawingml/2006/wordprocessingDrawing",
        *(_MICROSOFT + f"word/2010/wordprocessing{name}" for name in ("Shape", "Group", "Canvas")),
        *(_MICROSOFT + name for name in ("drawing/2008/diagram", "drawing/2012/chartStyle")),
    }
)
_KNOWN = _DRAWN | {_WORD[1:-1], _MATH, _ANEW, _VML}
_STORIES = frozenset(qn(f"w:{name}") for name in ("document", "hdr", "ftr", "footnotes", "endnotes"))
_SHOWN = frozenset(
    qn(f"w:{name}")
    for name in (
        *("body", "p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "ptab"),
        *("tbl", "tblGrid", "gridCol", "tr", "tc", "hdr", "ftr", "footnote", "endnote", "footnoteReference"),
        *("endnoteReference", "footnoteRef", "endnoteRef", "separator", "continuationSeparator"),
        *("hyperlink", "drawing", "pict", "bookmarkStart", "bookmarkEnd", "ruby", "rt", "rubyBase"),
        *("txbxContent", "fldChar", "instrText"),
    )
)
_SETTINGS = frozenset(
    qn(f"w:{name}")
    for name in (
        *("zoom", "mirrorMargins", "evenAndOddHeaders", "autoHyphenation", "defaultTabStop", "gutterAtTop"),
        *("bookFoldPrinting", "drawingGridHorizontalSpacing", "characterSpacingControl", "footnotePr"),
        *("endnotePr", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
    )
)
_REMOVED = {
    *(
        qn(f"w:{name}")
        for name in (
            *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tcPrChange"),
            *("trPrChange", "tblPrExChange", "numberingChange", "cellDel", "cellIns", "cellMerge"),
            *("ins", "del", "moveFrom", "moveTo", "printerSettings", "numPicBullet", "sdtPr", "sdtEndPr"),
            *("customXmlPr", "smartTagPr"),
            *("vanish", "specVanish", "webHidden", "hidden", "embedRegular", "embedBold", "embedItalic"),
            *("embedBoldItalic", "rsid"),
        )
    ),
    f"{{{_ANEW}}}Fallback",
    *(f"{{{space}}}{name}" for space in _DRAWN for name in ("externalData", "userShapes", "hlinkHover")),
    *(f"{{{space}}}{name}" for space in _DRAWN for name in ("hlinkMouseOver", "snd", "macro")),
}
_UNWRAPPED = {
    *(qn(f"w:{name}") for name in ("ins", "moveTo", "customXml", "smartTag", "sdt", "sdtContent")),
    *(qn(f"w:{name}") for name in ("dir", "bdo")),
    *(f"{{{_ANEW}}}{name}" for name in ("AlternateContent", "Choice")),
}
_VML_SHOWN = frozenset(f"{{{_VML}}}{name}" for name in ("group", "shape", "rect", "imagedata", "textbox"))
_VML_ATTRIBUTES = frozenset({"style", "coordsize", "coordorigin", qn("r:id")})
_UNTOLD = frozenset(qn(f"w:{name}") for name in ("author", "initials", "date", "tooltip", "docLocation"))
_TAB, _ID, _ANCHOR = qn("w:tab"), qn("r:id"), qn("w:anchor")
_LINK, _NEEDS_PART = qn("w:hyperlink"), {qn("w:headerReference"), qn("w:footerReference")}
_NEEDS_PART |= {f"{{{_OFFICE}drawingml/2006/main}}hlinkClick"}
_WORDS, _BARE = frozenset({qn("w:t"), qn("w:instrText")}), frozenset({_WORD[1:-1], _ANEW, _VML})
_SPACES = frozenset({"", _WORD[1:-1], _RELATIONS[1:-1], _MATH, "http://www.w3.org/XML/1998/namespace"})
_CORE_TOLD = frozenset(
    {
        *("title", "language", "created", "modified", "lastPrinted", "revision", "creator", "category"),
        *("description", "contentStatus", "identifier", "keywords", "lastModifiedBy", "subject", "version"),
    }
)


def clean_tree(root: Element, relationships: Collection[str], hidden: Hidden) -> None:
    """`relationships` are those that were kept: what leads nowhere goes."""
    space = _space(root)
    if space == _CORE:
        _keep_children(root, lambda each: _parted(each.tag)[1] in _CORE_TOLD)
        return
    if space not in _KNOWN:
        root.clear()
        return
    without_hidden(root, hidden)
    _keep_known(root)
    if root.tag in _STORIES:
        leave_shown(root)
    elif root.tag == qn("w:settings"):
        _keep_children(root, lambda each: each.tag in _SETTINGS)
    _clean_what_stays(root, relationships)
    _forget_bookmarks(root)
    etree.cleanup_namespaces(root)


def _keep_known(root: Element) -> None:
    """What stands in a change that is accepted stays, and what a control or a choice holds."""
    properties: set[int] = set()
    is_story = root.tag in _STORIES
    has_extensions = root.tag == f"{{{_OFFICE}drawingml/2006/diagram}}dataModel"
    rows = list(root.iter())
    for each in rows[1:]:
        if not isinstance(each.tag, str) or _space(each) not in _KNOWN:
            remove(each)
            continue
        name, parent = _parted(each.tag)[1], each.getparent()
        is_property = name.endswith("Pr") or id(parent) in properties
        if is_property:
            properties.add(id(each))
        if each.tag in _UNWRAPPED and not is_property:
            _unwrap(each)
        elif each.tag in _REMOVED or (name == "extLst" and not has_extensions):
            remove(each)
        elif is_story and is_property == _is_shown(each) and each.tag != _TAB:
            (_unwrap if name == "fldSimple" and not is_property else remove)(each)


def _is_shown(each: Element) -> bool:
    space = _space(each)
    if space == _WORD[1:-1]:
        return each.tag in _SHOWN
    return each.tag in _VML_SHOWN if space == _VML else True


def _clean_what_stays(root: Element, relationships: Collection[str]) -> None:
    """Words stand in the elements for text alone: between others nobody sees them."""
    for each in list(root.iter()):
        each.tail = None
        if each.tag not in _WORDS and _space(each) in _BARE:
            _SET_TEXT(each, None)
        _clean_attributes(each, relationships)
        if each.tag in _NEEDS_PART and _ID not in each.attrib:
            remove(each)
        elif each.tag == _LINK and _ID not in each.attrib and _ANCHOR not in each.attrib:
            _unwrap(each)


def _clean_attributes(element: Element, relationships: Collection[str]) -> None:
    is_vml = _space(element) == _VML
    for name, value in list(element.attrib.items()):
        space, local = _parted(name)
        leads_nowhere = space == _RELATIONS[1:-1] and value not in relationships
        is_told = name in _UNTOLD or name == "action" or local.startswith("rsid")
        if space not in _SPACES or is_told or leads_nowhere or (is_vml and name not in _VML_ATTRIBUTES):
            del element.attrib[name]


def _forget_bookmarks(root: Element) -> None:
    """All that no link of the file leads to; the names of others tell nothing that is shown."""
    wanted = {each.get(qn("w:anchor")) for each in root.iter(_LINK)}
    gone = set()
    for each in list(root.iter(qn("w:bookmarkStart"))):
        if each.get(qn("w:name")) not in wanted:
            gone.add(each.get(qn("w:id")))
            remove(each)
    for each in list(root.iter(qn("w:bookmarkEnd"))):
        if each.get(qn("w:id")) in gone:
            remove(each)


def _keep_children(root: Element, is_kept: Any) -> None:
    for each in list(root):
        if not isinstance(each.tag, str) or not is_kept(each):
            root.remove(each)


def _space(element: Element) -> str:
    return _parted(element.tag)[0]


@lru_cache(maxsize=2048)
def _parted(name: str) -> tuple[str, str]:
    """Namespace and local name of an element or attribute."""
    space, _brace, local = name.rpartition("}")
    return space.removeprefix("{"), local


def _unwrap(element: Element) -> None:
    """What stands in it stays; a mark of a change with nothing in it goes."""
    parent = element.getparent()
    if parent is None:
        return
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)
