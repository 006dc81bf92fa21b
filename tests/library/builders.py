"""Makes small DOCX and PDF files for the tests of extraction."""

import io
import zipfile
from collections.abc import Callable, Sequence

from docx import Document
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Row = tuple[float, float, str]


def docx_of(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_with_entity(encoding: str) -> bytes:
    """One paragraph is to be taken from another file."""
    document = Document()
    document.add_paragraph("Words, and OUTSIDE.")
    with zipfile.ZipFile(io.BytesIO(docx_of(document))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    xml = files["word/document.xml"].decode().replace("OUTSIDE", "&outside;")
    start = xml.index("<w:document")
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY outside SYSTEM "file:///nowhere">]>'
    return zip_of(files | {"word/document.xml": (declared + xml[start:]).encode(encoding)})


def pdf_of(pages: Sequence[Sequence[Row]], *, bold: frozenset[str] = frozenset(), big: str = "") -> bytes:
    """Each row is x, distance from the top, text; texts in `bold` and the text `big` stand out."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in pages:
        for x, y, text in page:
            size = 18 if text == big else 10
            canvas.setFont("Helvetica-Bold" if text in bold or text == big else "Helvetica", size)
            canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def column(lines: Sequence[str], *, x: float = 70, top: float = 130, step: float = 13) -> list[Row]:
    return [(x, top + number * step, line) for number, line in enumerate(lines)]


def encrypted_pdf(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of([column(["Words behind a password."])]))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def zip_of(files: dict[str, bytes], *, encrypted_flag: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    content = stream.getvalue()
    if encrypted_flag:  # bit 0 of the flags in the central directory
        at = content.index(b"PK\x01\x02") + 8
        content = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]
    return content


def pdf_drawn(*pages: Callable[[Canvas], None]) -> bytes:
    """Pages that are drawn by hand."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
