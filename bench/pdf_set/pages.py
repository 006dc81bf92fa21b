"""What the files say: pages of blocks by feature and language, and their words in reading order."""

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("es", "fr", "pt")
TEXTS = tomllib.loads((Path(__file__).parent / "texts.toml").read_text())
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: h, p, li, table, columns, small, drop, spaced, note. `parts` are paragraphs or cells.

    Of `small` the first four words are small capitals; the second part of `note` is the footnote.
    """

    kind: str
    parts: tuple[str, ...]
    across: int = 1

    @property
    def body(self) -> tuple[str, ...]:
        return self.parts[:1] if self.kind == "note" else self.parts


@dataclass(frozen=True, slots=True)
class Page:
    blocks: tuple[Block, ...]

    def words(self) -> list[str]:
        """In reading order; footnotes come last."""
        body = [part for block in self.blocks for part in block.body]
        notes = [part for block in self.blocks if block.kind == "note" for part in block.parts[1:]]
        return words_of(" ".join([*body, *notes]))


@dataclass(frozen=True, slots=True)
class File:
    name: str
    language: str
    pages: tuple[Page, ...]
    heads: tuple[str, ...] = field(default=())


def words_of(text: str) -> list[str]:
    """Lower-case words; numbers are left out, since marks of footnotes and of items are some."""
    return [word for word in WORD.findall(text.replace("\u00ad", "").lower()) if not word.isdigit()]


def files() -> list[File]:
    return [_file(feature, language) for feature in FEATURES for language in LANGUAGES]


def _file(feature: str, language: str) -> File:
    pick = random.Random(f"{feature} {language}")
    number = 6 if feature == "heads" else 2
    pages = tuple(Page(tuple(_blocks(feature, language, pick))) for _page in range(number))
    return File(
        f"{feature}.{language}",
        language,
        pages,
        tuple(TEXTS[language]["heads"]) if feature == "heads" else (),
    )


def _paragraph(language: str, pick: random.Random, number: int = 4) -> str:
    sentences = re.split(r"(?<=\.)\s+", " ".join(TEXTS[language]["sentences"].split()))
    return " ".join(pick.sample(sentences, number))


def _blocks(feature: str, language: str, pick: random.Random) -> Sequence[Block]:
    def prose(kind: str = "p", number: int = 4) -> Block:
        return Block(kind, (_paragraph(language, pick, number),))

    columns = {"two-columns": 2, "three-columns": 3}
    if feature in columns:
        parts = tuple(_paragraph(language, pick, 6) for _part in range(columns[feature] + 1))
        return (prose("p", 2), Block("columns", parts, columns[feature]))
    if feature == "table":
        return (
            prose(),
            Block("table", tuple(cell for row in TEXTS[language]["table"] for cell in row), 3),
            prose(),
        )
    if feature == "lists":
        items = [prose("li", 1) for _item in range(4)]
        titles = TEXTS[language]["titles"]
        return (Block("h", (titles[0],)), prose(), *items, Block("h", (titles[1],)), prose())
    if feature == "notes":
        return (prose(), Block("note", (_paragraph(language, pick), _paragraph(language, pick, 1))))
    special = {"small-capitals": "small", "drop-capitals": "drop", "letter-spacing": "spaced"}
    if feature in special:
        text = TEXTS[language]["titles"][2] if feature == "letter-spacing" else _paragraph(language, pick)
        return (Block(special[feature], (text,)), prose(), prose())
    if feature == "hyphens":
        return (Block("columns", tuple(_paragraph(language, pick, 7) for _part in range(3)), 3),)
    return (prose(), prose(), prose("p", 2))


FEATURES = (
    *("plain", "two-columns", "three-columns", "table", "lists", "notes", "small-capitals", "drop-capitals"),
    *("letter-spacing", "hyphens", "heads"),
)
