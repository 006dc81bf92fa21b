"""Files that cannot be read, or not whole: each says why, and leaves nothing or a notice."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.utils.translation import override
from docx import Document
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from pytest_django import Settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from portal.common.actors import system
from portal.files.refusals import Refused
from portal.library import ocr
from portal.library.describing import About
from portal.library.domain import add_document
from portal.library.models import LibraryDocument
from tests.files.quality_texts import ARABIC, PROSE, SHELLS
from tests.library.builders import column, docx_of, encrypted_pdf, pdf_of, zip_of
from tests.library.conftest import NOW
from tests.thinning import thinned

pytestmark = pytest.mark.django_db


def lines(text: str, width: int = 80) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def scan(pages: int = 2, drawn: str = "") -> bytes:
    """Pages that are pictures."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (300, 420), 200)), 0, 0, *A4)
        canvas.drawString(200, 20, drawn)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def docx_of_paragraphs(number: int) -> bytes:
    """As small as paragraphs get."""
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * number
    main = f"{head}{body}</w:body></w:document>".encode()
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": main})


def bomb() -> bytes:
    """A page of PDF whose few bytes unpack to two gigabytes."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 m 1 1 l S\n" * 4_000_000)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def docx_saying(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    return docx_of(document)


REFUSED: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "encrypted": ("a.pdf", lambda: encrypted_pdf("secret"), "encrypted"),
    "damaged": ("a.pdf", lambda: pdf_of([column(["Words."])])[:200], "damaged"),
    "empty": ("a.pdf", lambda: pdf_of([[], []]), "no_text"),
    "form shell": ("a.pdf", lambda: pdf_of([column(lines(SHELLS["en"]))]), "form_shell"),
    "600,000 paragraphs": ("a.docx", lambda: docx_of_paragraphs(600_000), "too_long"),
    "unpacks to much more": ("a.pdf", bomb, "too_long"),
    "no-break spaces alone": ("a.txt", lambda: "\xa0\n\xa0\xa0\n".encode() * 50, "no_text"),
    "wrong extension": ("a.docx", lambda: pdf_of([column(["Words."])]), "not_what_its_name_says"),
    "right to left": ("a.docx", lambda: docx_saying(ARABIC * 9), "language"),
    "another language": ("a.txt", lambda: PROSE["fr"].encode(), "language"),
    "broken letters without pages to show": (
        "a.txt",
        lambda: PROSE["en"][::-1].encode(),
        "garbled",
    ),
}


def add(folder: Path, name: str, content: bytes) -> LibraryDocument:
    path = folder / name
    path.write_bytes(content)
    return add_document(path=path, language="en", title="A file", actor=system("test"), now=NOW).document


@pytest.mark.parametrize("name", thinned(REFUSED, lambda name: name not in ("unpacks to much more",)))
def test_it_is_refused_and_leaves_nothing(name: str, tmp_path: Path, library_folder: Path) -> None:
    file_name, made, reason = REFUSED[name]
    with pytest.raises(Refused) as refused:
        add(tmp_path, file_name, made())
    assert (refused.value.reason_code, str(refused.value)[-1]) == (reason, ".")
    assert not LibraryDocument.objects.exists()
    assert not library_folder.exists()


def test_lines_of_no_break_spaces_among_words_are_read(tmp_path: Path) -> None:
    text = "\n\xa0\n\xa0\xa0\n".join(part.strip() for part in PROSE["en"].split(", "))
    document = add(tmp_path, "a.txt", text.encode())
    assert "registered on the same day" in " ".join(document.passages.get().text.split())


@pytest.mark.parametrize(
    ("made", "flaw"),
    [
        (lambda: scan(), "scan"),
        (lambda: scan(drawn="Scanned in 2021"), "scan"),
        (lambda: pdf_of([column(lines(PROSE["en"][::-1]))]), "garbled"),
        (lambda: pdf_of([column(lines(PROSE["en"].replace(" ", ""), 70))]), "glued"),
    ],
)
def test_a_text_that_cannot_be_trusted_is_shown_as_pictures(
    client: Client, tmp_path: Path, made: Callable[[], bytes], flaw: str
) -> None:
    document = add(tmp_path, "a.pdf", made())
    assert (document.quality, document.flaw, document.passages_count) == ("pictures", flaw, 0)
    page = client.get(document.path("en")).content.decode()
    assert str(document.quality_told) in page
    assert page.count(f'src="/en/library/{document.public_id}/page/') == document.pages
    answer = client.get(f"/api/v1/documents/{document.public_id}").json()
    assert (answer["document"]["quality"], answer["document"]["flaw"], answer["passages"]) == (
        "pictures",
        flaw,
        [],
    )


def test_passages_of_a_file_in_two_languages_have_their_own(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text(f"{PROSE['es']}\n\n{PROSE['pt']}")
    about = About(second_language="pt")
    document = add_document(
        path=path, language="es", title="Dos", more=about, actor=system("test"), now=NOW
    ).document
    assert list(document.passages.values_list("language", flat=True)) == ["es", "pt"]


def test_part_in_another_language_is_said(client: Client, tmp_path: Path) -> None:
    document = add(tmp_path, "a.txt", f"{PROSE['en']}\n\n{PROSE['fr']}".encode())
    assert (document.quality, document.flaw) == ("good", "mixed")
    page = client.get(document.path("en")).content.decode()
    assert "A part of this document is in another language." in page


@pytest.mark.skipif(not ocr.is_installed(), reason="tesseract is not installed")
def test_a_scan_is_read_where_optical_recognition_is_on(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.OCR = True
    source = tmp_path / "text.pdf"
    source.write_bytes(pdf_of([column(lines(PROSE["en"]))]))
    document = add(tmp_path, "a.pdf", scanned(source))
    assert (document.quality, document.pages) == ("ocr", 1)
    assert "people" in document.passages.get().text.lower()
    page = client.get(document.path("en")).content.decode()
    with override("en"):
        assert str(document.quality_told) in page


def scanned(source: Path) -> bytes:
    """The same page as a picture."""
    picture = pypdfium2.PdfDocument(source)[0].render(scale=3).to_pil()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return stream.getvalue()
