"""Names of files as people gave them, made fit to show and to save; pure."""

import re
import unicodedata

from portal.files.enums import EXTENSIONS, SUFFIXES

LONGEST = 150
# Controls, marks of direction and of nothing, halves of pairs, ends of lines: none shows, some deceive.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_RESERVED = re.compile(r'[<>:"|?*]')


def clean_name(given: str, kind: str) -> str:
    """The last part of the name without what does not show, with the ending of what the file really is."""
    last = re.split(r"[\\/]", given)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _UNSEEN)
    plain = " ".join(_RESERVED.sub(" ", unicodedata.normalize("NFC", seen)).split())
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        stem, extension = plain, ""
    kept = f".{extension.lower()}" if EXTENSIONS.get(extension.lower()) == kind else SUFFIXES[kind]
    stem = stem.strip(" .")[: LONGEST - len(kept)].rstrip(" .")
    return f"{stem or 'file'}{kept}"
