"""A file's bytes and its text within bounds; commands, forms and readers of every format call it."""

import codecs
import unicodedata
from pathlib import Path

from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _

from portal.files.refusals import Reason, Refused, empty

MAX_MEGABYTES = 20
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
MAX_CHARACTERS = 5_000_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLANK = b"\x00 \t\r\n\f\xef\xbb\xbf\xff\xfe"
# What the programs of our readers save in; the first is by far the most frequent.
_ONE_BYTE, _TWO_BYTES = ("cp1252", "cp850"), ("utf_16_le", "utf_16_be")
_USUAL = frozenset("áéíóúüñàâãçèêëîïôõöûùÿœæÁÉÍÓÚÜÑÀÂÃÇÈÊËÎÏÔÕÖÛÙŒÆ¿¡«»“”‘’–—…ºª°§€•·\xa0")
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x85\x1a")


def read_bytes(path: Path, megabytes: int = MAX_MEGABYTES) -> bytes:
    """The file's bytes, refused before reading when it is missing or too large."""
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:
        size = None
    if size is None:
        raise Refused(Reason.MISSING, _("There is no such file."))
    if size > megabytes * 1024 * 1024:
        raise too_large(megabytes)
    try:
        return path.read_bytes()
    except OSError:
        raise Refused(Reason.MISSING, _("The file cannot be opened.")) from None


def require_content(content: bytes, megabytes: int = MAX_MEGABYTES) -> None:
    """Refuse what is too large, and what is blank."""
    if len(content) > megabytes * 1024 * 1024:
        raise too_large(megabytes)
    if not content.strip(_BLANK):
        raise empty()


def decode(content: bytes, *, most: int = MAX_CHARACTERS) -> str:
    """The text of bytes: UTF-8, UTF-16, or an old one-byte encoding in which it reads like our languages.

    Raises `Refused`, also for more than `most` characters: those who bound the bytes say so.
    """
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    if not encoding and b"\x00" in content:
        text = _decoded_as(content, _TWO_BYTES)
    else:
        try:
            text = content.decode(encoding or "utf-8")
        except UnicodeDecodeError:
            text = None if encoding else _decoded_as(content, _ONE_BYTE)
            if text is None and not encoding:
                raise _wrong_encoding() from None
    if text is None or has_controls(text):
        raise _binary()
    check_length(len(text), most)
    return text


def check_length(characters: int, most: int = MAX_CHARACTERS) -> None:
    if characters > most:
        raise Refused(Reason.TOO_LONG, _("This file holds more text than the portal can take in."))


def has_controls(text: str) -> bool:
    return any(unicodedata.category(letter) == "Cc" for letter in set(text) - _ALLOWED_CONTROLS)


def _decoded_as(content: bytes, encodings: tuple[str, ...]) -> str | None:
    """The most likely of these encodings in which the text reads like ours."""
    likely = [match.encoding for match in from_bytes(content, cp_isolation=list(encodings))]
    for encoding in dict.fromkeys((*likely, *encodings)):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_like_ours(text):
            return text
    return None


def _reads_like_ours(text: str) -> bool:
    """Its letters beyond ASCII are those our languages use, and not too many."""
    high = [letter for letter in text if ord(letter) > 127]
    usual = sum(letter in _USUAL for letter in high)
    return usual >= 0.9 * len(high) and len(high) <= 0.3 * len(text)


def too_large(megabytes: int = MAX_MEGABYTES) -> Refused:
    told = _("This file is larger than %(number)d MB. Please save it smaller.")
    return Refused(Reason.TOO_LARGE, told % {"number": megabytes})


def _binary() -> Refused:
    return Refused(Reason.BINARY, _("This file does not hold readable text. Please choose a text file."))


def _wrong_encoding() -> Refused:
    return Refused(
        Reason.ENCODING, _("The characters of this file cannot be read. Please save it as text in UTF-8.")
    )
