"""What a file is, its content says; its name only which of several plain texts it is."""

import pytest

from portal.files.enums import FileType
from portal.files.names import LONGEST, clean_name
from portal.files.reading import decode
from portal.files.refusals import Refused
from portal.files.sniffing import file_type, kind_of
from tests.files.builders import picture, telling_docx, telling_pdf
from tests.library.builders import zip_of

T = FileType
KNOWN = {
    "PDF": (telling_pdf(), "a.pdf", T.PDF),
    "PDF behind other bytes": (b"odd bytes " + telling_pdf(), "a.pdf", T.PDF),
    "DOCX": (telling_docx(), "A.DOCX", T.DOCX),
    "XLSX": (zip_of({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a.xlsx", T.XLSX),
    "JPEG": (picture("JPEG"), "a.jpg", T.JPEG),
    "MPO": (picture("MPO", frames=2), "a.jpeg", T.JPEG),
    "PNG": (picture("PNG"), "a.png", T.PNG),
    "GIF": (picture("GIF"), "a.gif", T.GIF),
    "WebP": (picture("WEBP"), "a.webp", T.WEBP),
    "text": (b"BM is how a letter may begin.", "a.txt", T.TEXT),
    "Markdown": (b"# Title", "a.md", T.MARKDOWN),
    "CSV": (b"a,b", "a.csv", T.CSV),
    "text about PDF": (b"Every file begins with %PDF-1.7 and so on.", "a.txt", T.TEXT),
}
LIES = {
    "page named PDF": (b"<!DOCTYPE html><html><script>x</script></html>", "a.pdf"),
    "page with the mark of a PDF": (b"<html>%PDF-1.7</html>", "a.pdf"),
    "program named PDF": (b"MZ\x90\x00" + b"\x00" * 200, "a.pdf"),
    "program named picture": (b"\x7fELF" + b"\x00" * 200, "a.png"),
    "drawing named picture": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
    "drawing named text": (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "a.txt"),
    "archive named DOCX": (zip_of({"a.exe": b"MZ"}), "a.docx"),
    "workbook named DOCX": (zip_of({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a.docx"),
    "PNG named JPEG": (picture("PNG"), "a.jpg"),
    "picture named text": (picture("GIF"), "a.txt"),
    "PDF named text": (telling_pdf(), "a.txt"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_file_is_what_its_content_says(name: str) -> None:
    content, given, kind = KNOWN[name]
    assert file_type(content, given, accepted=list(T)) is kind


@pytest.mark.parametrize("name", LIES)
def test_a_name_that_lies_is_refused(name: str) -> None:
    content, given = LIES[name]
    with pytest.raises(Refused) as refused:
        file_type(content, given, accepted=list(T))
    assert refused.value.reason_code == "not_what_its_name_says"


@pytest.mark.parametrize("given", ["a.exe", "a", "a.svg", "a.pdf.html", "a.docm"])
def test_other_kinds_are_refused_with_those_that_are_taken(given: str) -> None:
    with pytest.raises(Refused) as refused:
        file_type(b"%PDF-1.7", given, accepted=[T.PDF, T.TEXT])
    assert (refused.value.reason_code, "PDF, TXT" in str(refused.value)) == ("unsupported", True)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"]
)
def test_text_of_every_usual_encoding_is_read(encoding: str) -> None:
    text = "La niñez y la adolescencia: ¿qué pasó después? Une journée à l'école, um coração."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Слова на другом языке".encode("cp1251"), "encoding"),
        (bytes(range(256)), "binary"),
        (b"a\x00b", "binary"),
        (b"\xff\xfea", "binary"),
        (b"words\x1b[2J", "binary"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(content)
    assert refused.value.reason_code == reason


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("report.pdf", T.PDF, "report.pdf"),
        ("C:\\Users\\someone\\report.PDF", T.PDF, "report.pdf"),
        ("../../etc/passwd", T.TEXT, "passwd.txt"),
        ("a\u202egnp.exe", T.PNG, "agnp.png"),
        ("line\r\nSet-Cookie: x.txt", T.TEXT, "lineSet-Cookie x.txt"),
        ("photo.JPEG", T.JPEG, "photo.jpeg"),
        ("\u200b.pdf", T.PDF, "file.pdf"),
        ("", T.PDF, "file.pdf"),
        ("  . .  ", T.PDF, "file.pdf"),
        ("Niñez \u0000y más.docx", T.DOCX, "Niñez y más.docx"),
    ],
)
def test_names_are_fit_to_show_and_to_save(given: str, kind: T, name: str) -> None:
    assert clean_name(given, kind) == name


def test_long_names_keep_their_ending() -> None:
    name = clean_name("x" * 400 + ".pdf", T.PDF)
    assert (len(name), name[-5:]) == (LONGEST, "x.pdf")


def test_nothing_is_known_of_an_unknown_archive() -> None:
    assert kind_of(zip_of({"a": b"b"})) is None
