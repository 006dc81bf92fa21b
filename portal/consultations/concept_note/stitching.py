"""Puts sentences together that the file broke over blocks, and sets page numbers aside: the first step."""

from collections.abc import Iterable
from dataclasses import replace

from portal.consultations.concept_note.sentences import asks, closed, open_tail
from portal.consultations.concept_note.vocabulary import INTERROGATIVE, PAGE_NUMBER
from portal.library.extraction import Block

_LONGEST_LIST = 8


def stitch(blocks: Iterable[Block]) -> tuple[list[Block], list[Block]]:
    """Blocks with whole sentences, and the page numbers that stood between them."""
    kept: list[Block] = []
    page_numbers: list[Block] = []
    for block in blocks:
        if PAGE_NUMBER.match(block.text):
            page_numbers.append(block)
        elif kept and _carries_on(kept[-1], block):
            kept[-1] = _joined(kept[-1], block)
        else:
            kept.append(block)
    return _lists_into_questions(kept), page_numbers


def _joined(block: Block, following: Block) -> Block:
    return replace(block, text=f"{block.text} {following.text}", tail=following.tail)


def _carries_on(block: Block, following: Block) -> bool:
    """Whether `following` is the rest of a sentence that `block` leaves open."""
    if block.heading or following.heading or following.item or following.lead or closed(block.text):
        return False
    if following.text[:1].islower():
        return True
    tail = open_tail(block.text)
    body = block.text[len(block.lead) :].strip(" .:–—-")
    begun = bool(block.lead) and bool(body) and block.lead != block.text
    return bool(tail) and (asks(block.text) or begun or bool(INTERROGATIVE.match(tail))) and not asks(tail)


def _lists_into_questions(blocks: list[Block]) -> list[Block]:
    """A question that runs on over a list ("What is needed for:" health, education?) becomes one block."""
    stitched: list[Block] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        end = _list_end(blocks, position)
        for following in blocks[position + 1 : end]:
            block = _joined(block, following)
        stitched.append(block)
        position = max(end, position + 1)
    return stitched


def _list_end(blocks: list[Block], position: int) -> int:
    """The position behind the list item that ends the question begun at `position`; else `position`."""
    text = blocks[position].text
    ends = text.rfind("?") + 1
    if not text.endswith(":") or not INTERROGATIVE.match(text[ends:].strip() or "."):
        return position
    for at in range(position + 1, min(len(blocks), position + 1 + _LONGEST_LIST)):
        block = blocks[at]
        if not block.item or block.lead or INTERROGATIVE.match(block.text):
            return position
        if asks(block.text):
            return at + 1
    return position
