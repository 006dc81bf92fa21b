"""Whether the text that was read out of a file can be trusted: the gate before it is published as text.

Pure. Words are compared without accents with the commonest of each language (`commonest/*.txt`, made by
`bench/commonest.py` from texts of this project alone). In a good text about half of all words are among
them, in one of another language of ours a third at most, in a broken one next to none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from portal.common.folding import folded
from portal.common.languages import CODES

MOST_WORDS = 60_000
# Below this number of words nothing is said about their language.
FEW_WORDS, LETTERS_A_WORD = 40, 7
KNOWN_SHARE, KNOWN_ON_PAGE, BAD_PAGES = 0.18, 0.1, 0.25
OTHER_SHARE, OTHER_TIMES, ALSO_SHARE = 0.35, 1.4, 0.25
GLYPH_SHARE, FOREIGN_SHARE, MOJIBAKE_SHARE = 0.02, 0.5, 0.01
LONG_WORD, LONG_SHARE, JOINED_SHARE, TORN_SHARE, SHORT_WORDS = 24, 0.06, 0.06, 0.05, 2.6
STAMP_WORDS = 10
_DATA = Path(__file__).parent / "commonest"
_WORD = re.compile(r"[^\W\d_]+")
_CODES = re.compile(r"\(cid:\d+\)|(?<!\w)/(?:g|gid|C|G|uni|glyph)\d[\dA-Fa-f]*(?!\w)")
_MOJIBAKE = re.compile("[ÃÂ][\x80-¿]|â€")
_SHELL = re.compile(
    r"if this message is not eventually replaced"
    r"|si (?:este mensaje no (?:es reemplazado|se reemplaza|se sustituye)|ce message n.est pas)"
    r"|se esta mensagem não (?:for|é) (?:finalmente |eventualmente )?substituída"
    r"|need a later version of the pdf viewer|requires? adobe reader \d"
    r"|open this pdf portfolio in|javascript (?:is|seems to be|appears to be) (?:currently )?disabled",
    re.IGNORECASE,
)
_SHELL_WORDS = 250
# The bullet of the Symbol font stands in a private place.
_ALLOWED = frozenset("\n\t\r\f\v\uf0b7")


class Flaw(StrEnum):
    """What is wrong with a text. The first two refuse the file, `MIXED` is only said."""

    SHELL = "shell"
    LANGUAGE = "language"
    SCAN = "scan"
    GLYPHS = "glyphs"
    GLUED = "glued"
    TORN = "torn"
    GARBLED = "garbled"
    MIXED = "mixed"


class Verdict(StrEnum):
    GOOD = "good"
    PICTURES = "pictures"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Assessment:
    """`other` is the language the text, or a part of it, is in instead of the declared ones; or empty."""

    flaw: Flaw | None = None
    other: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.flaw in (None, Flaw.MIXED):
            return Verdict.GOOD
        return Verdict.REFUSED if self.flaw in (Flaw.SHELL, Flaw.LANGUAGE) else Verdict.PICTURES


def assess(pages: Sequence[str], languages: Collection[str], *, pictured: bool = False) -> Assessment:
    """What the texts of the pages are worth, declared to be in `languages`.

    `pictured`: each page is covered by a picture, as a scan is.
    """
    text = "\n".join(pages)
    words = _words(text)
    flaw = _flaw_of_letters(text, words, pictured=pictured) or _flaw_of_words(pages, words)
    return Assessment(flaw) if flaw else _language_of_text(text, words, languages)


def likeliest(text: str, languages: Sequence[str]) -> str:
    """Which of the languages a passage is in; the first where nothing tells."""
    words = [folded(word) for word in _WORD.findall(text)]
    return max(languages, key=lambda code: _share(words, commonest(code)))


@cache
def commonest(language: str) -> frozenset[str]:
    """About two thousand words without accents."""
    return frozenset((_DATA / f"{language}.txt").read_text(encoding="utf-8").split())


def _words(text: str) -> list[str]:
    """As many as are looked at, from places all over the text."""
    every = _WORD.findall(text)
    step = len(every) // MOST_WORDS + 1
    chunks = range(0, len(every), step * 1000)
    return [folded(word) for start in chunks for word in every[start : start + 1000]]


def _flaw_of_letters(text: str, words: Sequence[str], *, pictured: bool) -> Flaw | None:
    if len(words) < _SHELL_WORDS and _SHELL.search(" ".join(text.split())):
        return Flaw.SHELL
    if not words or (pictured and len(set(words)) <= STAMP_WORDS):
        return Flaw.SCAN
    if _is_glyphs(text, words):
        return Flaw.GLYPHS
    return _flaw_of_script(text)


def _is_glyphs(text: str, words: Sequence[str]) -> bool:
    signs = Counter(text)
    coded = sum(count for sign, count in signs.items() if _is_code(sign))
    letters = sum(count for sign, count in signs.items() if not sign.isspace())
    return coded > GLYPH_SHARE * letters or len(_CODES.findall(text)) > GLYPH_SHARE * len(words)


def _is_code(sign: str) -> bool:
    """What no font should give: the sign of the unknown, private and unassigned places, controls."""
    return sign not in _ALLOWED and (sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn", "Cc"))


def _flaw_of_script(text: str) -> Flaw | None:
    """Letters of another script: a language that is none of ours, or glyphs without an order."""
    scripts = Counter[str]()
    for sign, count in Counter(text).items():
        if sign.isalpha():
            scripts[unicodedata.name(sign, "UNKNOWN").split()[0]] += count
    foreign = scripts.total() - scripts["LATIN"]
    if foreign <= FOREIGN_SHARE * scripts.total():
        return None
    del scripts["LATIN"]
    return Flaw.LANGUAGE if scripts.most_common(1)[0][1] > 0.7 * foreign else Flaw.GLYPHS


def _flaw_of_words(pages: Sequence[str], words: Sequence[str]) -> Flaw | None:
    letters = sum(map(len, words))
    # Glued together, many words count as few.
    if len(words) < FEW_WORDS and letters < FEW_WORDS * LETTERS_A_WORD:
        return None
    if _is_glued(words, letters):
        return Flaw.GLUED
    if letters < SHORT_WORDS * len(words) or _torn(words) > TORN_SHARE * len(words):
        return Flaw.TORN
    return Flaw.GARBLED if _is_garbled(pages, words) else None


def _is_glued(words: Sequence[str], letters: int) -> bool:
    long = sum(len(word) for word in words if len(word) >= LONG_WORD)
    joined = sum(any(_splits(word, commonest(code)) for code in CODES) for word in words)
    return long > LONG_SHARE * letters or joined > JOINED_SHARE * len(words)


def _splits(word: str, known: Collection[str]) -> bool:
    """Whether a word that is not known is two known ones without a space."""
    if len(word) < 7 or word in known:
        return False
    return any(word[:at] in known and word[at:] in known for at in range(3, len(word) - 2))


def _torn(words: Sequence[str]) -> int:
    """How many known words stand there as two pieces of which one is no word."""
    return max(
        sum(a + b in known and not (a in known and b in known) for a, b in pairwise(words))
        for known in map(commonest, CODES)
    )


def _is_garbled(pages: Sequence[str], words: Sequence[str]) -> bool:
    if _best(words) < KNOWN_SHARE:
        return True
    if sum(len(_MOJIBAKE.findall(page)) for page in pages) > MOJIBAKE_SHARE * len(words):
        return True
    shares = [_best(each) for page in _looked_at(pages) if len(each := _words(page)) >= FEW_WORDS]
    return sum(share < KNOWN_ON_PAGE for share in shares) > BAD_PAGES * max(len(shares), 1)


def _looked_at(pages: Sequence[str]) -> Sequence[str]:
    return pages[:: len(pages) // 100 + 1]


def _best(words: Sequence[str]) -> float:
    """The share of known ones among those of three letters and more: shorter ones are known by chance."""
    longer = [word for word in words if len(word) > 2]
    return max(_share(longer, commonest(code)) for code in CODES)


def _share(words: Sequence[str], known: Collection[str]) -> float:
    return sum(word in known for word in words) / max(len(words), 1)


def _language_of_text(text: str, words: Sequence[str], declared: Collection[str]) -> Assessment:
    if len(words) < FEW_WORDS:
        return Assessment()
    shares = {code: _share(words, commonest(code)) for code in CODES}
    best = max(shares, key=lambda code: shares[code])
    if best not in declared and shares[best] >= max(OTHER_SHARE, OTHER_TIMES * _own(shares, declared)):
        return Assessment(Flaw.LANGUAGE, best)
    return _mixed(words, declared)


def _mixed(words: Sequence[str], declared: Collection[str]) -> Assessment:
    """Whether a part of the text, not strewn words, is in another language of ours."""
    chunks = [words[start : start + 100] for start in range(0, len(words), 100)]
    others = Counter(filter(None, (_plainly_other(chunk, declared) for chunk in chunks)))
    code, count = next(iter(others.most_common(1)), ("", 0))
    return Assessment(Flaw.MIXED, code) if count > ALSO_SHARE * len(chunks) else Assessment()


def _plainly_other(words: Sequence[str], declared: Collection[str]) -> str:
    shares = {code: _share(words, commonest(code)) for code in CODES}
    best = max(shares, key=lambda code: shares[code])
    is_other = shares[best] >= max(OTHER_SHARE, OTHER_TIMES * _own(shares, declared))
    return best if best not in declared and is_other else ""


def _own(shares: Mapping[str, float], declared: Collection[str]) -> float:
    return max((shares[code] for code in declared), default=0.0)


def texts_by_page(blocks: Iterable[tuple[int | None, str]]) -> list[str]:
    """The text of each page, from blocks that say theirs."""
    return list(_joined(blocks))


def _joined(blocks: Iterable[tuple[int | None, str]]) -> Iterator[str]:
    pages: dict[int, list[str]] = {}
    for page, text in blocks:
        pages.setdefault(page or 0, []).append(text)
    yield from ("\n".join(pages[number]) for number in sorted(pages))
