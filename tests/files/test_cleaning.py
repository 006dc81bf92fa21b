"""Public copies say nothing of author and place, hold nothing that runs, and can still be read."""

import io
import random
import zipfile

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader

from portal.files.cleaning import cleaned
from portal.files.cleaning.jpegs import without_segments
from portal.files.enums import FileType
from portal.files.refusals import Refused
from tests.files.builders import (
    LEAKS,
    SIZE,
    everything_in,
    picture,
    swollen_picture,
    telling_docx,
    telling_pdf,
)
from tests.files.hostile import docx_with_fields, docx_with_hidden_words

T = FileType
PICTURES = {
    "JPEG": (T.JPEG, picture("JPEG"), 1, True),
    "MPO": (T.JPEG, picture("MPO", frames=2), 1, True),
    "PNG": (T.PNG, picture("PNG"), 1, True),
    "WebP": (T.WEBP, picture("WEBP"), 1, True),
    "moving WebP": (T.WEBP, picture("WEBP", frames=3), 3, True),
    "GIF": (T.GIF, picture("GIF"), 1, False),
    "moving GIF": (T.GIF, picture("GIF", frames=3), 3, False),
}
FILES = {
    **{name: (kind, content) for name, (kind, content, _frames, _turned) in PICTURES.items()},
    "PDF": (T.PDF, telling_pdf()),
    "DOCX": (T.DOCX, telling_docx()),
}


@pytest.mark.parametrize("name", FILES)
def test_a_copy_says_nothing_of_author_and_place(name: str) -> None:
    kind, content = FILES[name]
    told = [leak for leak in LEAKS if leak in everything_in(content)]
    copy = cleaned(content, kind)
    assert told  # the file could leak
    assert [leak for leak in LEAKS if leak in everything_in(copy)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_upright_and_moves_as_before(name: str) -> None:
    kind, content, frames, turned = PICTURES[name]
    with Image.open(io.BytesIO(cleaned(content, kind))) as image:
        assert (image.size, getattr(image, "n_frames", 1)) == (SIZE[::-1] if turned else SIZE, frames)
        assert (dict(image.getexif()), set(image.info) & {"exif", "xmp", "comment", "icc_profile"}) == (
            {},
            set(),
        )
        assert image.format == kind.upper()


def test_a_moving_picture_keeps_its_times() -> None:
    with Image.open(io.BytesIO(cleaned(picture("GIF", frames=3), T.GIF))) as image:
        times = []
        for number in range(image.n_frames):
            image.seek(number)
            times.append(image.info["duration"])
    assert times == [70, 140, 210]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_that_ends_too_soon_is_refused(form: str) -> None:
    whole = io.BytesIO()
    noise = Image.frombytes("RGB", (64, 64), random.Random(1).randbytes(64 * 64 * 3))
    noise.save(whole, form)
    with pytest.raises(Refused) as refused:
        cleaned(whole.getvalue()[: len(whole.getvalue()) // 2], T(form.lower()))
    assert refused.value.reason_code == "damaged"


def test_a_picture_that_swells_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        cleaned(swollen_picture(), T.PNG)
    assert refused.value.reason_code == "too_large"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize(("form", "kind"), [("PNG", T.PNG), ("TIFF", None), ("JPEG", T.JPEG)])
def test_pictures_of_every_mode_are_drawn(mode: str, form: str, kind: T | None) -> None:
    sink = io.BytesIO()
    try:
        Image.new(mode, (8, 8)).save(sink, form)
    except OSError:  # this format has no such mode
        return
    if kind is None:
        with pytest.raises(Refused):
            cleaned(sink.getvalue(), T.PNG)
        return
    with Image.open(io.BytesIO(cleaned(sink.getvalue(), kind))) as image:
        assert image.size == (8, 8)


def test_a_pdf_keeps_what_makes_it_readable() -> None:
    reader = PdfReader(io.BytesIO(cleaned(telling_pdf(), T.PDF)))
    page = reader.pages[0]
    links = [each.get_object()["/A"]["/URI"] for each in page["/Annots"]]
    assert (page.extract_text().strip(), links) == ("Words that stay.", ["https://example.org/stays"])
    assert [entry.title for entry in reader.outline] == ["First part"]
    assert reader.get_destination_page_number(reader.outline[0]) == 0
    assert len(page.images) == 1


def test_a_pdf_has_no_facts_scripts_forms_and_files() -> None:
    reader = PdfReader(io.BytesIO(cleaned(telling_pdf(), T.PDF)))
    assert (reader.metadata, reader.xmp_metadata, dict(reader.attachments)) == (None, None, {})
    assert {"/Names", "/AcroForm", "/OpenAction", "/AA", "/Metadata"} & set(reader.trailer["/Root"]) == set()


def test_a_pdf_that_only_limits_printing_is_cleaned_and_one_with_a_password_is_not() -> None:
    assert not PdfReader(io.BytesIO(cleaned(telling_pdf(password=""), T.PDF))).is_encrypted
    with pytest.raises(Refused) as refused:
        cleaned(telling_pdf(password="secret"), T.PDF)
    assert refused.value.reason_code == "encrypted"


def test_a_docx_keeps_its_words_and_accepts_its_changes() -> None:
    document = Document(io.BytesIO(cleaned(telling_docx(), T.DOCX)))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts == ["A heading that stays", "Words that stay.", "Added words. On my disk. On the web."]
    assert [link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks] == [
        "https://example.org/"
    ]
    assert (len(document.inline_shapes), len(document.comments)) == (1, 0)


def test_a_docx_keeps_what_its_fields_and_controls_show() -> None:
    def texts(content: bytes) -> str:
        document = Document(io.BytesIO(cleaned(content, T.DOCX)))
        return "".join(paragraph.text for paragraph in document.paragraphs)

    assert texts(docx_with_fields()) == "Words that stay." + "Shown." * 6 + "7" + "Shown."
    assert texts(docx_with_hidden_words()) == "Words that stay." + "Shown." * 3
    whole = everything_in(cleaned(docx_with_fields(), T.DOCX))
    assert (whole.count(b"<w:instrText>"), whole.count(b"PAGE")) == (1, 1)
    assert [word for word in (b"DDEAUTO", b"evil.example", b"INCLUDE", b"fldSimple") if word in whole] == []


def test_text_becomes_utf_8() -> None:
    assert cleaned("niñez".encode("cp1252"), T.TEXT) == "niñez".encode()


def test_bytes_that_are_no_jpeg_stay() -> None:
    assert without_segments(b"something") == b"something"


@pytest.mark.few(4)
@pytest.mark.parametrize("name", FILES)
def test_damaged_bytes_are_cleaned_or_refused_and_never_crash(name: str) -> None:
    kind, whole = FILES[name]
    for seed in range(25):
        try:
            copy = cleaned(_damaged(whole, seed), kind)
        except Refused as refused:
            copy = str(refused.reason_code).encode()
        assert copy, seed


def _damaged(whole: bytes, seed: int) -> bytes:
    dice, content = random.Random(seed), bytearray(whole)
    for _ in range(dice.choice((1, 5, 40))):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def test_a_word_file_is_the_same_bytes_whenever_it_is_cleaned() -> None:
    copy = cleaned(telling_docx(), FileType.DOCX)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    assert cleaned(copy, FileType.DOCX) == copy
