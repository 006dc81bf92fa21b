"""Puts `<mark>` around found words in the main part of a finished page; pure."""

import html
import re
from collections.abc import Callable, Iterator

from portal.library.reading import marked_html
from search.results.highlighting import Span

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_LANG = re.compile(r'\slang="([a-z]{2})')
_PARAGRAPH = re.compile(r"<(p|li|h[1-6]|dd|dt|td|th|blockquote|figcaption)(?:\s[^>]*)?>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# What is no running text: marks would break it or shout.
_CLOSED = frozenset(
    {"script", "style", "svg", "textarea", "select", "button", "mark", "title", "form", "nav"}
)

# The id of the first mark of a page: results of pages without places of their own lead to it.
FIRST_MARK = "found"
_PLACE = f' id="{FIRST_MARK}" tabindex="-1"'

Finder = Callable[[str, str], list[Span]]


def marked_main(page: str, find: Finder, language: str) -> str:
    """The page with marks inside `<main>`; each text by the language of the nearest `lang` around it."""
    start = page.find("<main")
    end = page.find("</main>", start)
    if start < 0 or end < 0:
        return page
    return page[:start] + "".join(_marked(page[start:end], find, language)) + page[end:]


def with_first_mark(page: str) -> str:
    """The page with a place at its first mark below the heading: an address leads to it, and it takes focus.

    It is the paragraph around the mark, or a place just before it where there is no paragraph to name; the
    heading when nothing below it is marked.
    """
    heading = max(page.find("<h1"), 0)
    places = ((start, page.find("<mark>", start)) for start in (max(page.find("</h1>"), 0), heading, 0))
    start, mark = next(((start, mark) for start, mark in places if mark >= 0), (0, -1))
    if mark < 0:
        return page
    around = next(reversed(list(_PARAGRAPH.finditer(page, start, mark))), None)
    if around and "id=" not in around[0] and f"</{around[1]}>" not in page[around.end() : mark]:
        end = around.end() - 1
        return f"{page[:end]}{_PLACE}{page[end:]}"
    return f"{page[:mark]}<span{_PLACE}></span>{page[mark:]}"


def _marked(part: str, find: Finder, language: str) -> Iterator[str]:
    open_tags: list[tuple[str, str]] = []
    for number, piece in enumerate(_TAG.split(part)):
        if number % 2:
            _follow(piece, open_tags, language)
            yield piece
        elif not piece.strip() or any(name in _CLOSED for name, _ in open_tags):
            yield piece
        else:
            text = html.unescape(piece)
            spans = find(text, open_tags[-1][1] if open_tags else language)
            yield str(marked_html(text, spans)) if spans else piece


def _follow(tag: str, open_tags: list[tuple[str, str]], language: str) -> None:
    """Keep the open elements with the language inside each."""
    match = _NAME.match(tag)
    name = match[1].lower() if match else ""
    if not name or name in _VOID or tag.endswith("/>"):
        return
    if tag.startswith("</"):
        while open_tags and open_tags.pop()[0] != name:
            pass
        return
    own = _LANG.search(tag)
    around = open_tags[-1][1] if open_tags else language
    open_tags.append((name, own[1] if own else around))
