"""Fields of a Word file: what they show stays as text. Numbers of pages stay fields."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from portal.files.cleaning.word_hidden import remove

Element = Any  # lxml elements have no usable type
_MARK, _INSTRUCTION = qn("w:fldChar"), qn("w:instrText")
_NUMBER_OF_PAGES = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s*(MERGEFORMAT|Arabic|roman|Roman))*\s*"
)


@dataclass(slots=True)
class _Field:
    marks: list[Element] = field(default_factory=list)
    unseen: list[Element] = field(default_factory=list)
    instruction: str = ""
    is_code: bool = True


def leave_shown(root: Element) -> None:
    """One that is never closed loses its marks and keeps its text."""
    open_fields: list[_Field] = []
    for run in list(root.iter(qn("w:r"))):
        for each in [child for child in run if child.tag != qn("w:rPr")]:
            _follow(each, open_fields)
    for left in open_fields:
        _remove_all(left.marks)


def _follow(each: Element, open_fields: list[_Field]) -> None:
    kind = each.get(qn("w:fldCharType")) if each.tag == _MARK else ""
    if kind == "begin":
        open_fields.append(_Field())
    if not open_fields:
        if each.tag in {_MARK, _INSTRUCTION}:
            remove(each)
        return
    inmost = open_fields[-1]
    if each.tag in {_MARK, _INSTRUCTION}:
        inmost.marks.append(each)
        inmost.instruction += (each.text or "") if each.tag == _INSTRUCTION else ""
    else:
        _keep_apart(each, open_fields)
    if kind == "separate":
        inmost.is_code = False
    elif kind == "end":
        _settle(open_fields.pop(), open_fields)


def _keep_apart(each: Element, open_fields: list[_Field]) -> None:
    code = next((row for row in open_fields if row.is_code), None)
    if code is not None:
        code.unseen.append(each)


def _settle(closed: _Field, around: list[_Field]) -> None:
    _remove_all(closed.unseen)
    is_unseen = any(row.is_code for row in around)
    if is_unseen or not _NUMBER_OF_PAGES.fullmatch(closed.instruction):
        _remove_all(closed.marks)


def _remove_all(elements: list[Element]) -> None:
    for each in elements:
        remove(each)
