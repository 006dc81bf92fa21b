"""Pages of PDFs as pictures: where words stand, weights, limits, and nothing of what was withdrawn."""

import io
import os
import re
import resource
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from portal.common.actors import system
from portal.library import page_images
from portal.library.domain import add_document, withdraw_document
from portal.library.models import LibraryDocument, library_storage
from portal.library.page_images import NoPicture, page_image
from tests.library.conftest import NOW, AddDocument

SIZE = 12
LINE = "Every town keeps its book of births open all year long, said Zapotlán in Spring."


def pdf(pages: int = 3, *, turn: int = 0, noise: bool = False) -> bytes:
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=A4)
    for number in range(pages):
        canvas.setFont("Helvetica", SIZE)
        if noise:
            image = Image.frombytes("RGB", (300, 400), os.urandom(300 * 400 * 3))
            canvas.drawInlineImage(image, 0, 0, *A4)
        canvas.drawString(100, 700, f"{LINE} Page {number + 1}.")
        canvas.showPage()
    canvas.save()
    if not turn:
        return sink.getvalue()
    writer, turned = PdfWriter(clone_from=PdfReader(sink)), io.BytesIO()
    for page in writer.pages:
        page.rotate(turn)
    writer.write(turned)
    return turned.getvalue()


@pytest.fixture(autouse=True)
def _busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is drawn by another process, which may have to wait for a processor."""
    monkeypatch.setattr(page_images, "SECONDS", 300)


def added_pdf(tmp_path: Path, content: bytes) -> LibraryDocument:
    path = tmp_path / "book.pdf"
    path.write_bytes(content)
    return add_document(path=path, language="en", title='A <b>"book"', actor=system("test"), now=NOW).document


@pytest.fixture
def book(db: None, tmp_path: Path) -> LibraryDocument:
    return added_pdf(tmp_path, pdf())


def test_a_word_is_marked_where_it_stands(book: LibraryDocument) -> None:
    shown = page_image(book, 2)
    start = shown.text.index("births")
    (box,) = shown.boxes([(start, start + 6)])
    scale = 1000 / A4[0]
    before, word = (
        Canvas("x").stringWidth(each, "Helvetica", SIZE) for each in (LINE[: LINE.index("births")], "births")
    )
    assert (shown.width, shown.height) == (1000, round(A4[1] * scale))
    assert box.x == pytest.approx((100 + before) * scale, abs=2)
    assert box.width == pytest.approx(word * scale, abs=3)
    assert box.y < (A4[1] - 700) * scale < box.y + box.height
    assert box.height < 2 * SIZE * scale


@pytest.mark.few(1)
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_marked_where_it_is_printed(db: None, tmp_path: Path, turn: int) -> None:
    shown = page_image(added_pdf(tmp_path, pdf(1, turn=turn)), 1)
    start = shown.text.index("births")
    (box,) = shown.boxes([(start, start + 6)])
    picture = Image.open(shown.path).convert("L")
    ink = picture.crop((round(box.x), round(box.y), round(box.x + box.width), round(box.y + box.height)))
    assert ink.getextrema()[0] < 100
    assert (box.height > box.width) == (turn != 180)


@pytest.mark.long
def test_the_page_marks_what_the_search_marks(book: LibraryDocument, client: Client) -> None:
    response = client.get(f"/en/library/{book.public_id}/page/2/", {"q": "zapotlan birth"})
    shown = response.content.decode()
    assert (response.status_code, response.cookies) == (200, {})
    assert len(re.findall(r'<rect class="sheet__mark"', shown)) == 2
    assert 'aria-label="Page 2 of A &lt;b&gt;&quot;book&quot;"' in shown
    (as_text,) = re.findall(r'<a href="([^"]+)">Read this page as text', shown)
    text = client.get(as_text.partition("#")[0].replace("&amp;", "&")).content.decode()
    assert "<mark>Zapotlán</mark>" in text
    assert f'id="{as_text.partition("#")[2]}" tabindex="-1"' in text
    assert f'href="/en/library/{book.public_id}/page/3/?q=zapotlan+birth"' in shown
    assert f'href="/en/library/{book.public_id}/page/2/?q=zapotlan+birth' in text
    assert "sheet__mark" not in client.get(f"/en/library/{book.public_id}/page/2/").content.decode()


@pytest.mark.long
def test_a_picture_is_small_whatever_is_on_it(db: None, tmp_path: Path, client: Client) -> None:
    noisy = added_pdf(tmp_path, pdf(1, noise=True))
    response = client.get(f"/en/library/{noisy.public_id}/page/1.webp")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert len(response.content) <= 150_000
    assert Image.open(io.BytesIO(response.content)).width <= 1000


def test_pages_that_are_not_there(book: LibraryDocument, added: AddDocument, client: Client) -> None:
    text = added()
    for address in (
        *(f"{book.public_id}/page/0", f"{book.public_id}/page/4", f"{book.public_id}/page/99999999999999"),
        *(f"{text.public_id}/page/1", "D-99999/page/1"),
    ):
        assert client.get(f"/en/library/{address}/").status_code == 404
        assert client.get(f"/en/library/{address}.webp").status_code == 404


def test_a_withdrawn_document_leaves_no_picture(
    book: LibraryDocument,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    kept = page_image(book, 1).path
    assert kept.stat().st_mode & 0o077 == 0 or kept.parent.stat().st_mode & 0o077 == 0
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_document(book, actor=system("test"), now=NOW)
    assert not kept.parent.exists()
    for address in ("page/1/", "page/1.webp"):
        assert client.get(f"/en/library/{book.public_id}/{address}").status_code == 410


@pytest.mark.long
def test_a_file_that_cannot_be_deleted_keeps_no_picture(
    book: LibraryDocument, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept = page_image(book, 1).path
    stuck = Path(library_storage().path(book.file.name))
    stuck.unlink()
    (stuck / "something").mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_document(book, actor=system("test"), now=NOW)
    assert (stuck.exists(), kept.parent.exists()) == (True, False)


def test_a_picture_drawn_while_its_document_goes_is_not_kept(book: LibraryDocument) -> None:
    stale = LibraryDocument.objects.get(pk=book.pk)
    LibraryDocument.objects.filter(pk=book.pk).update(
        live=False, title="", source="", file_name="", file="", passages_count=0, withdrawn_at=NOW
    )
    with pytest.raises(NoPicture):
        page_image(stale, 1)
    assert list((Path(settings.MEDIA_ROOT) / "library-pages").glob("*/*")) == []


@pytest.mark.long
def test_a_damaged_file_gives_the_text_instead(book: LibraryDocument, client: Client) -> None:
    Path(library_storage().path(book.file.name)).write_bytes(b"%PDF-1.7 nothing")
    response = client.get(f"/en/library/{book.public_id}/page/1/")
    assert (response.status_code, "cannot be shown as a picture" in response.content.decode()) == (200, True)
    assert client.get(f"/en/library/{book.public_id}/page/1.webp").status_code == 404


def test_drawing_has_an_end(book: LibraryDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "SECONDS", 0.001)
    with pytest.raises(NoPicture):
        page_image(book, 1)
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY


@pytest.mark.long
def test_a_drawn_page_costs_few_queries(
    book: LibraryDocument, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page_image(book, 1)
    with django_assert_num_queries(2):
        client.get(f"/en/library/{book.public_id}/page/1/")
    with django_assert_num_queries(1):
        client.get(f"/en/library/{book.public_id}/page/1.webp")
