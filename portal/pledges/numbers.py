"""One form for the number of a pledge, however it is typed; forms, imports and queries call it. Pure."""

import re
import unicodedata
from itertools import groupby

from portal.common.characters import one_line

# A number without the name of its list is of the Global Refugee Forum.
DEFAULT_SCHEME = "GRF"
_PARTED = re.compile(r"[\s\-_/.:#·]+")
_GLUED = re.compile(r"([A-Z]+)(\d.*)")
_RUNS = re.compile(r"[^\W\d_]+|\d+|[^\w-]+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
# Letters of other scripts that look like these; what looks like none of them is refused (`is_readable`).
_TWINS = str.maketrans("АВЕЅІЈКМНОРСТУХԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXGQWABEZHIKMNOPTYX")


def normal_number(text: str) -> str:
    """`grf 77777`, `GRF77777` and `77777` are `GRF-77777`; empty stays empty. Zeros in front count.

    Of the forum's own numbers only the figures are parted: `G RF-DEMO-7` and `GRFDEMO7` are `GRF-DEMO-7`.
    """
    plain = unicodedata.normalize("NFKC", one_line(text)).translate(_DASHES).upper().translate(_TWINS)
    parts = [part for part in _PARTED.split("".join(map(_figure, plain))) if part]
    if "".join(parts).startswith(DEFAULT_SCHEME):
        return "-".join(_of_the_forum("-".join(parts)))
    if parts and (glued := _GLUED.fullmatch(parts[0])):
        parts[0:1] = glued.groups()
    if parts and parts[0].isdecimal():
        parts.insert(0, DEFAULT_SCHEME)
    return "-".join(parts)


def is_readable(number: str) -> bool:
    """Whether its letters are Latin: others pass for another number than they are."""
    return all("LATIN" in unicodedata.name(letter, "") for letter in number if letter.isalpha())


def _figure(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _of_the_forum(number: str) -> list[str]:
    """Its letters without what parts them, its figures as they were parted."""
    parts: list[str] = []
    for is_letters, runs in groupby(_RUNS.findall(number), str.isalpha):
        told = list(runs)
        parts += ["".join(told)] if is_letters else told
    rest = parts[0].removeprefix(DEFAULT_SCHEME)
    return [DEFAULT_SCHEME, *([rest] if rest else []), *parts[1:]]
