"""Decides what a file really is, whatever its name says, and decodes plain text. Used by `extract` only."""

import codecs
import io
import re
import unicodedata
import zipfile
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from portal.library.extraction.blocks import MAX_UNPACKED_BYTES, Reason, Refused, check_length


class FileType(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    MARKDOWN = "markdown"
    TEXT = "text"


EXTENSIONS = {
    "pdf": FileType.PDF,
    "docx": FileType.DOCX,
    "md": FileType.MARKDOWN,
    "markdown": FileType.MARKDOWN,
    "txt": FileType.TEXT,
    "text": FileType.TEXT,
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    _ZIP,
    _OLE,
    b"%PDF-",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ\x90",
)
_HTML = re.compile(rb"\s*<(!doctype\s+html|html[\s>])", re.IGNORECASE)
_MAX_ZIP_ENTRIES = 5_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def file_type(content: bytes, filename: str) -> FileType:
    """The type the name claims, once the content bears it out."""
    extension = filename.rpartition(".")[2].lower() if "." in filename else ""
    claimed = EXTENSIONS.get(extension)
    if claimed is None:
        raise Refused(
            Reason.UNSUPPORTED,
            _("Only PDF, DOCX, TXT and Markdown files can be read. Please choose another file."),
        )
    if claimed is FileType.PDF and b"%PDF-" not in content[:1024]:
        raise _mismatch()
    if claimed is FileType.DOCX:
        _check_docx(content)
    if claimed in (FileType.TEXT, FileType.MARKDOWN) and (
        content.startswith(_FOREIGN) or _HTML.match(content)
    ):
        raise _mismatch()
    return claimed


def _mismatch() -> Refused:
    return Refused(
        Reason.MISMATCH,
        _("The content of this file is not what its name says. Please save it again in the right format."),
    )


def encrypted() -> Refused:
    return Refused(
        Reason.ENCRYPTED, _("This file is protected with a password. Please save it without a password.")
    )


def damaged() -> Refused:
    return Refused(Reason.DAMAGED, _("This file is damaged and cannot be read. Please save it again."))


def _check_docx(content: bytes) -> None:
    if content.startswith(_OLE):
        raise encrypted() if "EncryptedPackage".encode("utf-16-le") in content else _mismatch()
    if not content.startswith(_ZIP):
        raise _mismatch()
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted()
    if len(entries) > _MAX_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise Refused(Reason.TOO_LARGE, _("This file unpacks to more than the portal can take in."))
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise _mismatch()


def decode(content: bytes) -> str:
    """Text of a TXT or Markdown file: UTF-8, UTF-16 with its mark, or Windows-1252 that reads like text."""
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding or b"\x00" in content:
            raise _binary() from None
        text = _decode_western(content)
    check_length(len(text))
    if _has_controls(text):
        raise _binary()
    return text


def _binary() -> Refused:
    return Refused(Reason.BINARY, _("This file does not hold readable text. Please choose a text file."))


def _decode_western(content: bytes) -> str:
    """Windows-1252, accepted only where its high characters are those our languages use."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise _wrong_encoding() from None
    high = [character for character in text if ord(character) > 127]
    usual = sum(
        character in "áéíóúüñàâãçèêëîïôõöûùÿœæÁÉÍÓÚÜÑÀÂÃÇÈÊËÎÏÔÕÖÛÙŒÆ¿¡«»“”‘’–—…ºª°§€•·\xa0"
        for character in high
    )
    if usual < 0.9 * len(high) or len(high) > 0.3 * len(text):
        raise _wrong_encoding()
    return text


def _wrong_encoding() -> Refused:
    return Refused(
        Reason.ENCODING, _("The characters of this file cannot be read. Please save it as text in UTF-8.")
    )


def _has_controls(text: str) -> bool:
    controls = sum(
        unicodedata.category(character) == "Cc" for character in set(text) - set("\t\n\r\f\v\x85\x1a")
    )
    return controls > 0
