"""Reads Markdown: headings, lists with their depth, table cells; page breaks are form feeds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.library.extraction import lines as joining
from portal.library.extraction.blocks import Block, Extracted
from portal.library.extraction.inline import clean

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_ANCHOR = re.compile(r"\s*\{#[\w-]+\}\s*$")


def read(text: str) -> Extracted:
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    pages = text.split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    lines = [line.strip() for line in text.splitlines()]
    width, words = joining.width_of(lines), joining.vocabulary(lines)
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        reader = _Reader(number if len(pages) > 1 else None, width, words, blocks)
        for token in parser.parse(page):
            reader.take(token)
    return Extracted(tuple(blocks), len(pages))


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens of one page and adds a block for each line of text that stands on its own."""

    page: int | None
    width: int | None
    words: frozenset[str]
    blocks: list[Block]
    heading: int = 0
    depth: int = 0
    marker: str = ""

    def take(self, token: Token) -> None:
        if token.type == "inline":
            self._inline(token)
        elif token.type in ("heading_open", "heading_close"):
            self.heading = int(token.tag[1:]) if token.nesting > 0 else 0
        elif token.type == "list_item_open":
            self.marker = f"{token.info}{token.markup} " if token.info else " "
        elif token.type.startswith(("bullet_list_", "ordered_list_")):
            self.depth += token.nesting
            self.marker = ""
        elif token.type in ("fence", "code_block", "html_block"):
            self._verbatim(token)

    def _verbatim(self, token: Token) -> None:
        text = unescape(_TAG.sub(" ", token.content)) if token.type == "html_block" else token.content
        self.blocks.extend(Block(clean(line), self.page) for line in text.splitlines() if clean(line))

    def _inline(self, token: Token) -> None:
        lines = _lines(token.children or [])
        for position, part in enumerate(self._joined(lines)):
            if self.heading:
                self._add(_ANCHOR.sub("", part.text), part, heading=True, level=self.heading)
            elif self.marker and position == 0:
                text, lead = (clean(f"{self.marker} {said}") for said in (part.text, part.lead))
                self._add(text, replace(part, lead=lead if part.lead else ""), level=self.depth, item=True)
            else:
                self._add(part.text, part)
        self.marker = ""

    def _add(
        self, text: str, part: "_Line", *, heading: bool = False, level: int = 0, item: bool = False
    ) -> None:
        self.blocks.append(Block(text, self.page, heading, level, item, part.lead, part.tail))

    def _joined(self, lines: "Sequence[_Line]") -> "list[_Line]":
        parts: list[_Line] = []
        for number, line in enumerate(lines):
            joins = number > 0 and joining.wrapped(lines[number - 1].text, line.text, self.width)
            if parts and (self.heading or joins):
                parts[-1] = parts[-1].followed_by(line, self.words)
            else:
                parts.append(line)
        return parts


@dataclass(frozen=True, slots=True)
class _Line:
    """A source line with its bold beginning and its italic end."""

    text: str
    lead: str
    tail: str

    def followed_by(self, line: "_Line", words: frozenset[str]) -> "_Line":
        whole = bool(line.lead) and self.lead == self.text
        tail = (
            joining.join(self.tail, line.tail, words) if self.tail and line.tail == line.text else line.tail
        )
        lead = joining.join(self.lead, line.lead, words) if whole else self.lead
        return _Line(joining.join(self.text, line.text, words), lead, tail)


def _lines(children: Sequence[Token]) -> list[_Line]:
    lines: list[tuple[str, str, str]] = []
    text, lead, tail, target = "", "", "", ""
    strong = italic = 0
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            lines.append((text, lead, tail))
            text, lead, tail = "", "", ""
        elif token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            text += "" if not target or target.startswith("#") or target in text else f" ({target})"
        elif token.type != "html_inline" and token.content:
            lead += token.content if strong and text == lead else ""
            tail = tail + token.content if italic else ""
            text += token.content
    lines.append((text, lead, tail))
    return [_Line(clean(line), clean(bold), clean(end)) for line, bold, end in lines if clean(line)]
