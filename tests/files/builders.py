"""Makes files that give their author and place away, and files that are not what they are called."""

import io
import struct
import zipfile
import zlib

from docx import Document
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

AUTHOR, PLACE, SECRET = "Zacarías Inventado", "9.9281", "Quetzalcanario"
LEAKS = [
    AUTHOR.encode(),
    AUTHOR.encode("latin-1"),
    AUTHOR.encode("utf-16-be"),
    PLACE.encode(),
    SECRET.encode(),
]
SIZE = (48, 24)
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def exif() -> bytes:
    """Author, place and a camera held upright."""
    facts = Image.Exif()
    facts[0x013B] = AUTHOR
    facts[0x0112] = 6
    facts[0x8298] = SECRET
    place = facts.get_ifd(0x8825)
    place[1], place[2] = "N", (9.0, 55.0, 41.16)
    place[29] = PLACE
    return facts.tobytes()


def picture(form: str, *, frames: int = 1) -> bytes:
    images = [Image.new("RGB", SIZE, color) for color in ("red", "blue", "green")[:frames]]
    first, *others = images
    options: dict[str, object] = {"exif": exif()}
    if form == "PNG":
        text = PngInfo()
        text.add_text("Author", AUTHOR)
        text.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET} {PLACE}</x>")
        options["pnginfo"] = text
    elif form == "GIF":
        options = {"comment": f"{SECRET} {PLACE}".encode()}
    elif form == "WEBP":
        options["xmp"] = f"<x>{SECRET}</x>".encode()
    else:
        options["comment"] = SECRET.encode()
    if frames > 1:
        options |= {"save_all": True, "append_images": others}
        options |= {} if form == "MPO" else {"duration": [70, 140, 210][:frames]}
    sink = io.BytesIO()
    first.save(sink, form, **options)
    return sink.getvalue()


def swollen_picture() -> bytes:
    """A PNG of a few bytes that says it is 20,000 points wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def script() -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(SECRET)}
    )


def telling_pdf(*, password: str | None = None) -> bytes:
    """With author, XMP, a script, an attachment, a comment, form data, a link and a picture that tells."""
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pageCompression=0)
    canvas.setAuthor(AUTHOR)
    canvas.setSubject(SECRET)
    canvas.drawString(70, 700, "Words that stay.")
    canvas.drawImage(ImageReader(io.BytesIO(picture("JPEG"))), 70, 500)
    canvas.linkURL("https://example.org/stays", (70, 690, 200, 710))
    canvas.acroForm.textfield(name="field", value=SECRET, x=70, y=400)
    canvas.bookmarkPage("top")
    canvas.addOutlineEntry("First part", "top")
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn.getvalue())))
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    writer.root_object[NameObject("/OpenAction")] = script()
    writer.add_attachment("notes.txt", SECRET.encode())
    writer.add_annotation(0, Text(rect=(50, 50, 90, 90), text=SECRET, title_bar=AUTHOR))
    page = writer.pages[0]
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/X"): TextStringObject(SECRET)})
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script()})
    if password is not None:
        writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    sink = io.BytesIO()
    writer.write(sink)
    return sink.getvalue()


def telling_docx() -> bytes:
    """With author, a comment, tracked changes, a picture that tells, a carried file and a macro."""
    document = Document()
    document.add_heading("A heading that stays", 1)
    run = document.add_paragraph("Words that stay.").runs[0]
    document.add_comment(run, text=SECRET, author=AUTHOR, initials="ZI")
    document.add_picture(io.BytesIO(picture("JPEG")))
    core = document.core_properties
    core.author, core.last_modified_by, core.comments, core.keywords = AUTHOR, AUTHOR, SECRET, SECRET
    sink = io.BytesIO()
    document.save(sink)
    return _with_parts(sink.getvalue())


def _with_parts(content: bytes) -> bytes:
    changes = (
        f'<w:p w:rsidR="00AB12CD"><w:ins w:id="9" w:author="{AUTHOR}">'
        "<w:r><w:t>Added words.</w:t></w:r></w:ins>"
        f'<w:del w:id="8" w:author="{AUTHOR}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
        '<w:hyperlink r:id="rId902"><w:r><w:t xml:space="preserve"> On my disk.</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rId903"><w:r><w:t xml:space="preserve"> On the web.</w:t></w:r></w:hyperlink>'
        "</w:p>"
    )
    app = f"<Properties><Company>{SECRET}</Company><Manager>{AUTHOR}</Manager></Properties>"
    carried = (
        '<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'package" Target="embeddings/carried.xlsx"/>'
        '<Relationship Id="rId901" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/>'
        f'<Relationship Id="rId902" Type="{HYPERLINK}" Target="file:///C:/{SECRET}/x" TargetMode="External"/>'
        f'<Relationship Id="rId903" Type="{HYPERLINK}" Target="https://example.org/" TargetMode="External"/>'
        "</Relationships>"
    )
    types = (
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
        '.sheet"/>'
        "</Types>"
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(sink, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:sectPr", changes.encode() + b"<w:sectPr", 1)
            elif name == "docProps/app.xml":
                part = app.encode()
            elif name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", carried.encode())
            elif name == "[Content_Types].xml":
                part = part.replace(b"</Types>", types.encode())
            target.writestr(name, part)
        target.writestr("word/embeddings/carried.xlsx", SECRET.encode())
        target.writestr("word/vbaProject.bin", SECRET.encode())
    return sink.getvalue()


def everything_in(content: bytes) -> bytes:
    """The bytes of a file with what is packed inside."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
            parts += [name.encode() for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        for number in range(1, len(reader.xref[0]) + 50 if reader.xref else 400):
            each = reader.get_object(number) if _is_there(reader, number) else None
            if each is not None:
                parts.append(str(each).encode())
                if hasattr(each, "get_data"):
                    parts.append(each._data)
    return b"\n".join(parts)


def _is_there(reader: PdfReader, number: int) -> bool:
    return any(number in numbers for numbers in reader.xref.values()) or number in reader.xref_objStm
