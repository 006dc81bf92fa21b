"""Decides what a file really is, whatever its name says; whoever takes in a file asks it first.

Pictures are known by puremagic; text, archives and PDF by rules of our own, as magic numbers say too little
there: a letter may begin with "BM" like a bitmap, and every office file is an archive.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Collection

import puremagic
from django.utils.translation import gettext as _

from portal.files.enums import EXTENSIONS, PLAIN, FileType
from portal.files.refusals import (
    Reason,
    Refused,
    damaged,
    encrypted,
    mismatch,
    points_outside,
    swollen,
)

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_ZIP_ENTRIES = 5_000
# A sheet of equal cells shrinks to a hundredth; more than this is made to swell.
MAX_RATIO, RATIO_FROM_BYTES = 400, 10 * 1024 * 1024
_HEAD = 64 * 1024
_DOCTYPE = b"<!DOCTYPE"
_FOREIGN = (ZIP, OLE, b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"MZ\x90")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+(?:html|svg)|html[\s>]|svg[\s>])", re.I | re.S
)
_MEMBERS = {FileType.DOCX: "word/", FileType.XLSX: "xl/"}
_PICTURES = {
    ".jpeg": FileType.JPEG,
    ".jpg": FileType.JPEG,
    ".jfif": FileType.JPEG,
    ".png": FileType.PNG,
    ".gif": FileType.GIF,
    ".webp": FileType.WEBP,
}


def file_type(content: bytes, filename: str, *, accepted: Collection[FileType]) -> FileType:
    """The type the name claims, once the content bears it out. Raises `Refused`."""
    extension = filename.rpartition(".")[2].lower() if "." in filename else ""
    claimed = EXTENSIONS.get(extension)
    if claimed is None or claimed not in accepted:
        kinds = ", ".join(kind.label for kind in FileType if kind in accepted)
        reason = _("Only files of these kinds can be read: %(kinds)s. Please choose another file.")
        raise Refused(Reason.UNSUPPORTED, reason % {"kinds": kinds})
    if claimed in _MEMBERS and content.startswith(OLE) and is_locked_office_file(content):
        raise encrypted()
    detected = kind_of(content)
    # The format allows bytes before the mark of a PDF.
    is_late_pdf = claimed is FileType.PDF and detected is FileType.TEXT and _PDF in content[:1024]
    if detected is not claimed and not is_late_pdf and not (claimed in PLAIN and detected is FileType.TEXT):
        raise mismatch()
    return claimed


def kind_of(content: bytes) -> FileType | None:
    """What the bytes are; every plain text is `TEXT`. None for what the portal does not know."""
    if content.startswith(ZIP):
        return _kind_of_archive(content)
    if _PAGE.match(content[:_HEAD]):
        return None
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_PDF):
        return FileType.PDF
    if picture := _picture(content):
        return picture
    return None if content.startswith(_FOREIGN) else FileType.TEXT


def check_archive(content: bytes) -> frozenset[str]:
    """The names in an archive that may be unpacked. Raises `Refused`."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted()
    if len(entries) > MAX_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise swollen()
    if any(_swells(entry) for entry in entries):
        raise swollen()
    return frozenset(entry.filename for entry in entries)


def is_locked_office_file(content: bytes) -> bool:
    """An office file with a password is kept in the old container."""
    return "EncryptedPackage".encode("utf-16-le") in content


def _kind_of_archive(content: bytes) -> FileType | None:
    names = check_archive(content)
    if "[Content_Types].xml" not in names:
        return None
    _refuse_entities(content, names)
    return next((kind for kind, folder in _MEMBERS.items() if any(n.startswith(folder) for n in names)), None)


def _refuse_entities(content: bytes, names: Collection[str]) -> None:
    """Office files declare no document type: readers leave out what its entities stand for."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted(names):
            if name.lower().endswith((".xml", ".rels")) and _DOCTYPE in _head_of(archive, name):
                raise points_outside()


def _head_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """Its first letters, those of two bytes too as one."""
    try:
        with archive.open(name) as member:
            return member.read(_HEAD).replace(b"\x00", b"")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, zlib.error):
        raise damaged() from None


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _picture(content: bytes) -> FileType | None:
    try:
        matches = puremagic.magic_string(content[:_HEAD])
    except (puremagic.PureError, ValueError):  # ValueError: nothing to look at
        return None
    kinds = (_PICTURES.get(match.extension.lower()) for match in matches if match.confidence >= 0.3)
    return next(filter(None, kinds), None)
