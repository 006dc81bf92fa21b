"""Which words of a Word file nobody sees who opens it: by themselves, their paragraph, table or its style."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

Element = Any  # lxml elements have no usable type
_TABLE, _PARAGRAPH, _PROPERTIES = qn("w:tbl"), qn("w:p"), qn("w:rPr")
_OF_RUN = f"{_PROPERTIES}/{qn('w:rStyle')}"
_OF_PARAGRAPH = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_OF_TABLE = f"{qn('w:tblPr')}/{qn('w:tblStyle')}"
_VALUE = qn("w:val")
_OFF = frozenset({"0", "false", "off"})
_VANISH = (qn("w:vanish"), qn("w:specVanish"))
_RUNS = (qn("w:r"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}r")
_DRAWN = (qn("w:drawing"), qn("w:pict"))
_STYLES = 40


class Hidden:
    """What the styles of a file hide, by style; where two of them do, either is enough."""

    def __init__(self, styles: Element | None = None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._all, self._hiding = False, set[str]()
        if styles is None:
            return
        for style in styles.iter(qn("w:style")):
            name = style.get(qn("w:styleId"), "")
            self._styles[name] = style
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in _OFF:
                self._default = name
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._all = bool(_said(defaults))
        self._hiding = {name for name in self._styles if self._by_style(name)}

    def hides(self, run: Element) -> bool:
        own = _said(run.find(_PROPERTIES))
        return self._is_hidden_by_style(run) if own is None else own

    def _is_hidden_by_style(self, run: Element) -> bool:
        if self._all or not self._hiding:
            return self._all
        return not self._hiding.isdisjoint(self._names(run))

    def _names(self, run: Element) -> Iterator[str]:
        yield _value(run, _OF_RUN)
        paragraph = next(run.iterancestors(_PARAGRAPH), None)
        if paragraph is not None:
            yield _value(paragraph, _OF_PARAGRAPH) or self._default
        for table in run.iterancestors(_TABLE):
            yield _value(table, _OF_TABLE)

    def _by_style(self, name: str) -> bool:
        for _step in range(_STYLES):
            style = self._styles.get(name)
            if style is None:
                return False
            if (said := _said(style.find(qn("w:rPr")))) is not None:
                return said
            if any(_said(each) for each in style.iterfind(f"{qn('w:tblStylePr')}/{qn('w:rPr')}")):
                return True
            based = style.find(qn("w:basedOn"))
            name = based.get(qn("w:val"), "") if based is not None else ""
        return False


def without_hidden(root: Element, hidden: Hidden) -> None:
    """Runs, rows of tables and drawings that are not shown."""
    for run in list(root.iter(*_RUNS)):
        if hidden.hides(run):
            remove(run)
    for mark in list(root.iter(qn("w:hidden"))):
        if _is_on(mark) and (row := next(mark.iterancestors(qn("w:tr")), None)) is not None:
            remove(row)
    for drawn in list(root.iter(*_DRAWN)):
        if any(_is_unseen(each) for each in drawn.iter()):
            remove(drawn)


def remove(element: Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _is_unseen(drawn: Element) -> bool:
    style = "".join(drawn.get("style", "").lower().split())
    return drawn.get("hidden", "0") not in _OFF or "visibility:hidden" in style or "display:none" in style


def _said(properties: Element | None) -> bool | None:
    """Whether these properties of a run hide or show it; None where they say nothing."""
    marks = [] if properties is None else [each for each in properties if each.tag in _VANISH]
    return any(_is_on(each) for each in marks) if marks else None


def _is_on(mark: Element) -> bool:
    return mark.get(_VALUE, "1") not in _OFF


def _value(element: Element, path: str) -> str:
    each = element.find(path)
    return each.get(_VALUE, "") if each is not None else ""
