"""What extraction gives: blocks of clean text, and how much it reads. For every reader of documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.files.refusals import Reason, Refused

MAX_PAGES = 1_500
MAX_SECONDS = 90
# A paragraph of ours has fifty letters and more; a text of more and shorter ones was made to keep us busy.
MAX_BLOCKS = 100_000


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
    """The text of a file in reading order, and how many pages it has (1 where the format has no pages).

    `running` are the running heads and page numbers that were taken out of it. `labels` are the numbers that
    are printed on its pages, such as "iv", as the file tells them; none where the format has no pages.
    """

    blocks: tuple[Block, ...]
    pages: int
    running: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def word_count(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def check_blocks(number: int) -> None:
    if number > MAX_BLOCKS:
        raise Refused(Reason.TOO_LONG, _("This file has more paragraphs than the portal can take in."))
