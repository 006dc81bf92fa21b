"""Files that are refused, each with its reason, and none of them by a crash."""

import random
from pathlib import Path

import pytest
from docx import Document

from portal.files.reading import MAX_BYTES, MAX_CHARACTERS
from portal.library.extraction import Refused, extract
from tests.library.builders import column, docx_of, docx_with_entity, encrypted_pdf, pdf_of, zip_of
from tests.thinning import thinned

CONTENT_TYPES = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

FILES = {
    "nothing": ("a.txt", b"", "empty"),
    "only spaces": ("a.md", b" \n\t\r\n", "empty"),
    "only a mark": ("a.txt", b"\xef\xbb\xbf", "empty"),
    "unknown ending": ("a.exe", b"Words.", "unsupported"),
    "no ending": ("letter", b"Words.", "unsupported"),
    "old Word": ("a.doc", OLE, "unsupported"),
    "text named PDF": ("a.pdf", b"This is no PDF. " * 50, "not_what_its_name_says"),
    "text named DOCX": ("a.docx", b"Words.", "not_what_its_name_says"),
    "PDF named text": ("a.txt", b"%PDF-1.7 and more", "not_what_its_name_says"),
    "picture named Markdown": ("a.md", b"\x89PNG\r\n\x1a\n" + b"x" * 60, "not_what_its_name_says"),
    "page named text": ("a.txt", b"\n<!DOCTYPE html><html>", "not_what_its_name_says"),
    "spreadsheet named DOCX": (
        "a.docx",
        zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}),
        "not_what_its_name_says",
    ),
    "old Word named DOCX": ("a.docx", OLE, "not_what_its_name_says"),
    "bytes named text": ("a.txt", bytes(range(256)) * 20, "binary"),
    "control characters": ("a.txt", b"Words \x01\x02 words", "binary"),
    "broken UTF-16": ("a.txt", b"\xff\xfeW\x00o", "binary"),
    "Cyrillic in one byte": ("a.txt", "Слова на другом языке".encode("cp1251"), "encoding"),
    "PDF with a password": ("a.pdf", encrypted_pdf("secret"), "encrypted"),
    "DOCX with a password": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "locked archive": ("a.docx", zip_of(CONTENT_TYPES, encrypted_flag=True), "encrypted"),
    "half an archive": ("a.docx", b"PK\x03\x04 registration", "damaged"),
    "archive without a document": ("a.docx", zip_of(CONTENT_TYPES), "damaged"),
    "half a PDF": ("a.pdf", pdf_of([column(["Words."])])[:120], "damaged"),
    "archive that swells": (
        "a.docx",
        zip_of(CONTENT_TYPES | {f"word/{n}.xml": b"\x00" * 45_000_000 for n in range(3)}),
        "too_large",
    ),
    "too many bytes": ("a.txt", b"a " * (MAX_BYTES // 2 + 1), "too_large"),
    "too much text": ("a.txt", b"word " * (MAX_CHARACTERS // 5 + 1), "too_long"),
    "DOCX with an entity": ("a.docx", docx_with_entity("utf-8"), "points_outside"),
    "DOCX with an entity in two bytes": ("a.docx", docx_with_entity("utf-16"), "points_outside"),
    "PDF of empty pages": ("a.pdf", pdf_of([[], []]), "no_text"),
    "empty DOCX": ("a.docx", docx_of(Document()), "no_text"),
}


@pytest.mark.few(12)
@pytest.mark.parametrize(("name", "content", "reason"), FILES.values(), ids=FILES.keys())
def test_file_is_refused_with_its_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        extract(content, name)
    assert refused.value.reason_code == reason
    assert str(refused.value).endswith(".")


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(Refused) as refused:
            extract(path)
        assert refused.value.reason_code == "missing"


def test_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused) as refused:
        extract(path)
    assert refused.value.reason_code == "too_large"


def test_pdf_that_opens_without_a_password_is_read() -> None:
    assert [block.text for block in extract(encrypted_pdf(""), "a.pdf").blocks] == [
        "Words behind a password."
    ]


def test_name_in_capitals_is_understood() -> None:
    assert extract(b"Words.", "LETTER.TXT").blocks[0].text == "Words."


@pytest.mark.few(3)
@pytest.mark.parametrize("seed", thinned(range(40), lambda seed: seed < 10))
def test_damaged_bytes_are_read_or_refused_and_never_crash(seed: int) -> None:
    dice = random.Random(seed)
    document = Document()
    document.add_heading("A heading", 1)
    document.add_paragraph("Words and more words.")
    for name, whole in (
        ("a.pdf", pdf_of([column(["Words and more words."] * 30)])),
        ("a.docx", docx_of(document)),
    ):
        content = bytearray(whole)
        for _ in range(dice.choice((1, 5, 40))):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            read = bool(extract(bytes(content), name).blocks)
        except Refused as refused:
            read = bool(refused.reason_code)
        assert (name, read) == (name, True)
