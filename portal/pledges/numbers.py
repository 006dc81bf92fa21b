"""One form for the number of a pledge, however it is typed; forms, imports and queries call it. Pure."""

import re
import unicodedata

from portal.common.characters import one_line

# A number without the name of its list is of the Global Refugee Forum.
DEFAULT_SCHEME = "GRF"
_PARTED = re.compile(r"[\s\-_/.:#·]+")
_GLUED = re.compile(r"([A-Z]+)(\d.*)")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def normal_number(text: str) -> str:
    """`grf 77777`, `GRF77777` and `77777` are `GRF-77777`; empty stays empty."""
    plain = unicodedata.normalize("NFKC", one_line(text)).translate(_DASHES).upper()
    parts = [part for part in _PARTED.split(plain) if part]
    if parts and (glued := _GLUED.fullmatch(parts[0])):
        parts[0:1] = glued.groups()
    if parts and parts[0].isdecimal():
        parts.insert(0, DEFAULT_SCHEME)
    return "-".join(parts)
