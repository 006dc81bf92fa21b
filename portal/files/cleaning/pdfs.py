"""PDFs written anew from their pages: no author, dates, scripts, attachments, comments or forms' data.

What makes a document readable stays: text, pictures, tags for screen readers, outline, page labels, links.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from portal.files.cleaning.jpegs import without_segments
from portal.files.refusals import Reason, Refused, damaged, encrypted

MAX_OBJECTS = 500_000
_KEPT_IN_ROOT = frozenset(
    {
        *("/Type", "/Pages", "/Version", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines", "/PageLabels"),
        *("/OCProperties", "/Dests", "/Names"),
    }
)
# Who made it, when, on what; what runs; what is carried inside; what a form was filled in with.
_DROPPED = frozenset(
    {
        *("/Metadata", "/PieceInfo", "/LastModified", "/Info", "/AA", "/OpenAction", "/JS", "/JavaScript"),
        *(
            "/AF",
            "/EF",
            "/EmbeddedFiles",
            "/XFA",
            "/CreatorInfo",
            "/AcroForm",
            "/Collection",
            "/RichMediaContent",
        ),
        *("/Perms", "/SpiderInfo", "/Thumb", "/SourceModified"),
    }
)
_WEB = ("http://", "https://", "mailto:")
# What an annotation that is kept may say; the rest names people, moments and programs.
_KEPT_IN_LINK = frozenset(
    {"/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/A", "/StructParent", "/F"}
)


def clean_pdf(content: bytes) -> bytes:
    """Raises `Refused`, also for a file with a password."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it speaks of every irregular file
    try:
        once = _rewritten(_reader(content), is_cleaned=True)
        # A second time from the root, so that nothing stays that nothing leads to.
        return _rewritten(PdfReader(io.BytesIO(once)), is_cleaned=False)
    except (Refused, MemoryError):
        raise
    except Exception:  # a broken file makes pypdf raise nearly anything
        raise damaged() from None


def _reader(content: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise encrypted()
    return reader


def _opens(reader: PdfReader) -> bool:
    """Whether the file opens without a password, as one does that only limits printing."""
    try:
        return reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except (DependencyError, NotImplementedError):
        return False


def _rewritten(reader: PdfReader, *, is_cleaned: bool) -> bytes:
    writer = PdfWriter(clone_from=reader)
    if is_cleaned:
        _clean(writer)
    writer.metadata = None
    writer.xmp_metadata = None
    sink = io.BytesIO()
    writer.write(sink)
    return sink.getvalue()


def _clean(writer: PdfWriter) -> None:
    root = writer.root_object
    for name in [name for name in root if name not in _KEPT_IN_ROOT]:
        del root[name]
    _keep_destinations(root)
    for dictionary in _dictionaries(root):
        for name in _DROPPED.intersection(dictionary):
            del dictionary[name]
        _clean_action(dictionary)
        _clean_picture(dictionary)
    for page in writer.pages:
        _clean_annotations(page)


def _keep_destinations(root: DictionaryObject) -> None:
    """Of what is found by name, only places in the document; the rest are scripts and carried files."""
    names = root.get("/Names")
    names = names.get_object() if names is not None else None
    places = names.get("/Dests") if isinstance(names, DictionaryObject) else None
    root.pop("/Names", None)
    if places is not None:
        root[NameObject("/Names")] = DictionaryObject({NameObject("/Dests"): places})


def _dictionaries(start: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every dictionary that a way leads to from here, each once."""
    waiting: list[Any] = [start]
    seen: set[int] = set()
    count = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        count += 1
        if count > MAX_OBJECTS * 10 or len(seen) > MAX_OBJECTS:
            raise Refused(Reason.TOO_LONG, _("This file takes too long to read."))
        if isinstance(each, DictionaryObject):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, ArrayObject):
            waiting.extend(each)


def _clean_action(dictionary: DictionaryObject) -> None:
    """Only links into the document and to the web stay."""
    action = dictionary.get("/A")
    action = action.get_object() if isinstance(action, IndirectObject) else action
    if not isinstance(action, DictionaryObject):
        return
    address = str(action.get("/URI", ""))
    is_web = action.get("/S") == "/URI" and address.lower().startswith(_WEB)
    if action.get("/S") != "/GoTo" and not is_web and "/S" in action:
        del dictionary["/A"]
    action.pop("/Next", None)


def _clean_picture(picture: DictionaryObject) -> None:
    if not isinstance(picture, StreamObject) or picture.get("/Subtype") != "/Image":
        return
    filters = picture.get("/Filter")
    if filters == "/DCTDecode" or filters == ["/DCTDecode"]:
        picture._data = without_segments(picture._data)


def _clean_annotations(page: Any) -> None:
    """Comments name people; of the rest only links are needed to read."""
    annotations = page.get("/Annots")
    if annotations is None:
        return
    kept = ArrayObject()
    for each in annotations.get_object():
        annotation = each.get_object()
        if isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") == "/Link":
            for name in [name for name in annotation if name not in _KEPT_IN_LINK]:
                del annotation[name]
            kept.append(each)
        elif isinstance(annotation, DictionaryObject):
            annotation.clear()  # tags for screen readers may still lead to it
    page[NameObject("/Annots")] = kept
