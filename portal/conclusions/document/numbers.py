"""Numbers written as words, in English, Spanish, Portuguese and French. Pure; the parser uses it."""

import re

_WORDS = (
    "one uno una un uma um une",
    "two dos dois duas deux",
    "three tres três trois",
    "four cuatro quatro quatre",
    "five cinco cinq",
    "six seis",
    "seven siete sete sept",
    "eight ocho oito huit",
    "nine nueve nove neuf",
    "ten diez dez dix",
    "eleven once onze",
    "twelve doce doze douze",
    "thirteen trece treze",
    "fourteen catorce quatorze catorze",
    "fifteen quince quinze",
    "sixteen dieciséis dezesseis seize",
    "seventeen diecisiete dezessete dix-sept",
    "eighteen dieciocho dezoito dix-huit",
    "nineteen diecinueve dezenove dix-neuf",
    "twenty veinte vinte vingt",
)
_VALUES = {word: value for value, words in enumerate(_WORDS, start=1) for word in words.split()}
_SPELLED = "|".join(sorted(_VALUES, key=len, reverse=True))
# A word may stand glued to the next one ("threemain"); a figure never.
NUMBER = rf"(?:\d{{1,4}}(?![\d%])|(?:{_SPELLED}))"


def value_of(text: str) -> int:
    """8 for "8", "eight" and "Ocho"."""
    word = text.lower()
    return int(word) if word.isdigit() else _VALUES[word]


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Each number of a text with the place where it ends."""
    pattern = rf"(?<![\w.,])({NUMBER})(?!\w)"
    return [(value_of(match[1]), match.end()) for match in re.finditer(pattern, text, re.IGNORECASE)]
