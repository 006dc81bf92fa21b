"""Spellings that name all genders, as civil society writes them, read as the plain word; pure, for search.

`refugiad@s`, `refugiados/as` and `réfugié·e·s` have signs within and are recognised in any text.
`refugiadxs` and `refugiades` are words like others: `search.text.stemmers.genders` knows them.
"""

import re
from collections.abc import Iterator

_LETTER = r"[^\W\d_]"
_BEFORE = r"(?<![\w./@+\-·])"
_DOTS = "·•⋅‧"
_FRENCH = r"(?:e|ne|le|te|se|euse|rice|trice|[eè]re|i?ve|fe|sse|esse|ale|elle)"
_SLASHED = r"(?:as?|os?|e|ne|ées?|euses?|t?rices?|oras?|eiras?|ãs?)"
_INNER = r"(?:[oaes]|[oa]s|es|le|ns?e|nes|ren|euses?|t?rices?|ora|oras|eira|eiras|ãs?|ées?)"
_SPANS = re.compile(
    rf"""{_BEFORE}(?:
    (?P<at>{_LETTER}{{1,40}})@(?P<at_s>s?)(?![\w@]|\.\w)
    | (?P<either>{_LETTER}{{2,40}})\((?P<either_of>[oae]s?[/|][oae]s?)\)(?P<either_s>s?)(?!\w)
    | (?P<par>{_LETTER}{{2,40}})(?P<par_of>(?:\({_INNER}\)){{1,2}}s?)(?!\w)
    | (?P<dot>{_LETTER}{{2,40}})[{_DOTS}](?:{_FRENCH}s?(?:[{_DOTS}]?s)?|s)(?![\w{_DOTS}])
    | (?P<point>{_LETTER}{{2,40}})(?P<point_sign>[.\-])(?:e|ne|le|te|euse|t?rice)(?P=point_sign)s(?!\w)
    | (?P<pair>{_LETTER}+(?:é[.\-]es?|[ntul]\.e))(?![\w.\-])
    | (?P<trice>{_LETTER}{{2,40}}eur)[.\-/](?:euse|t?rice)s?(?!\w)
    | (?P<slash>{_LETTER}{{3,40}}|l[oa]s)/-?(?P<slash_of>{_SLASHED})(?:/s)?(?![\w/])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGN = re.compile(
    rf"(?:@s?(?!\w)|\({_INNER}[)|/]|[{_DOTS}]\w|[.\-](?:es?\b|ne|le|te|euse|t?rice)|/-?{_SLASHED}\b)",
    re.IGNORECASE,
)
_LONGEST = 40


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where such a spelling stands, and the plain word it is read as."""
    at = 0
    for sign in _SIGN.finditer(text):
        start = _start_of_word(text, sign.start())
        match = _SPANS.match(text, start) if at <= start < sign.start() else None
        if match is not None and match.end() > sign.start():
            yield match.start(), match.end(), _plain_of(match)
            at = match.end()


def _start_of_word(text: str, end: int) -> int:
    start = end
    while start > max(0, end - _LONGEST) and text[start - 1].isalpha():
        start -= 1
    return start


def _plain_of(match: re.Match[str]) -> str:
    if match["at"]:
        is_agent = match["at"].lower().endswith("or") and match["at_s"]  # trabajador@s
        return f"{match['at']}{'e' if is_agent else 'o'}{match['at_s']}"
    if match["either"]:
        is_plural = match["either_s"] or match["either_of"].endswith("s")
        return f"{match['either']}o{'s' * bool(is_plural)}"
    if match["par"]:
        return _masculine(match["par"], match["par_of"])
    if match["slash"]:
        return _masculine(match["slash"], match["slash_of"])
    if match["pair"]:
        return match["pair"].rpartition("e")[0].rstrip(".-")
    return match["dot"] or match["point"] or match["trice"]


def _masculine(word: str, other: str) -> str:
    """niñas/os and niña(o)s are niños."""
    masculine = re.match(r"\(?o", other, re.IGNORECASE) and re.fullmatch(r".*[^oO]as?", word)
    if not masculine or "ora" in other or re.match(r"\(?ora", other):
        return word
    return f"{word.rstrip('sS')[:-1]}o{'s' * word.lower().endswith('s')}"
