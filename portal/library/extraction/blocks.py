"""What extraction gives: blocks of clean text, or a refusal with its reason. For every reader of files."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_PAGES = 1_500
MAX_CHARACTERS = 5_000_000
MAX_SECONDS = 90


class Reason(StrEnum):
    """Why a file is refused; part of the commands' and the forms' contract."""

    MISSING = "missing"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    UNSUPPORTED = "unsupported"
    MISMATCH = "not_what_its_name_says"
    BINARY = "binary"
    ENCODING = "encoding"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"


class Refused(Exception):
    """A file that is not taken in. `message` is a lazily translated sentence for the person who gave it."""

    def __init__(self, reason_code: Reason, message: str | Promise) -> None:
        super().__init__(reason_code, message)
        self.reason_code = reason_code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list item.

    `page` counts from 1 and is None where the format has no pages. `level` is 1 to 6 for a heading and
    the depth, from 1, for a list item (`item`). `lead` is the part of `text` set in bold at its start,
    `tail` the part in italics at its end.
    """

    text: str
    page: int | None = None
    heading: bool = False
    level: int = 0
    item: bool = False
    lead: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file in reading order, and how many pages it has (1 where the format has no pages)."""

    blocks: tuple[Block, ...]
    pages: int


def check_length(characters: int) -> None:
    if characters > MAX_CHARACTERS:
        raise Refused(Reason.TOO_LONG, _("This file holds more text than the portal can take in."))


def word_count(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)
