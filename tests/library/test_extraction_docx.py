"""DOCX: heading styles, lists, tables, bold beginnings, footnotes, tracked changes."""

from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from portal.library.extraction import Block, extract
from tests.library.builders import docx_of


def blocks_of(document: Document) -> tuple[Block, ...]:
    return extract(docx_of(document), "a.docx").blocks


def test_styles_give_headings_and_lists() -> None:
    document = Document()
    document.add_heading("The whole plan", 0)
    document.add_heading("Part", 2)
    document.add_paragraph("A sentence.")
    document.add_paragraph("point", style="List Bullet")
    document.add_paragraph("smaller point", style="List Bullet 2")
    document.add_paragraph("step", style="List Number")
    assert blocks_of(document) == (
        Block("The whole plan", heading=True, level=1),
        Block("Part", heading=True, level=2),
        Block("A sentence."),
        Block("point", item=True, level=1),
        Block("smaller point", item=True, level=2),
        Block("step", item=True, level=1),
    )


def test_bold_beginning_and_italic_end_are_kept() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Bridges. ").bold = True
    paragraph.add_run("Who pays, and ")
    paragraph.add_run("when?").italic = True
    assert blocks_of(document) == (Block("Bridges. Who pays, and when?", lead="Bridges.", tail="when?"),)


def test_a_short_line_all_in_bold_is_a_heading() -> None:
    document = Document()
    document.add_paragraph().add_run("What the towns did").bold = True
    assert blocks_of(document) == (
        Block("What the towns did", heading=True, level=6, lead="What the towns did"),
    )


def test_a_typed_number_before_plain_text_is_no_bold_beginning() -> None:
    document = Document()
    paragraph = document.add_paragraph("1. ")
    paragraph.add_run("plain words")
    assert blocks_of(document) == (Block("1. plain words"),)


def test_breaks_within_a_paragraph_are_lines() -> None:
    document = Document()
    run = document.add_paragraph(style="List Bullet").add_run("Bridges")
    run.add_break()
    run.add_text("Who pays?")
    assert blocks_of(document) == (Block("Bridges", item=True, level=1), Block("Who pays?"))


def test_tables_are_read_cell_by_cell_in_their_place() -> None:
    document = Document()
    document.add_paragraph("Before.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Town", "Boats", "Ría", "7"), strict=True
    ):
        cell.text = text
    document.add_paragraph("After.")
    assert [block.text for block in blocks_of(document)] == ["Before.", "Town", "Boats", "Ría", "7", "After."]


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    document = Document()
    paragraph = document.add_paragraph("Kept ")
    for tag, text_tag, text in (
        ("w:ins", "w:t", "added "),
        ("w:del", "w:delText", "removed "),
        ("w:ins", "w:t", "end."),
    ):
        change, run, piece = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        piece.text = text
        piece.set(qn("xml:space"), "preserve")
        run.append(piece)
        change.append(run)
        paragraph._p.append(change)
    assert [block.text for block in blocks_of(document)] == ["Kept added end."]


def test_content_controls_are_read() -> None:
    document = Document()
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph = document.add_paragraph("In a control.")._p
    control.append(content)
    paragraph.addprevious(control)
    content.append(paragraph)
    assert [block.text for block in blocks_of(document)] == ["In a control."]


def with_footnotes() -> bytes:
    """Two notes, referred to in the other order than they are kept."""
    document = Document()
    for text, note in (("Kettles were counted", "2"), ("and lids too", "1")):
        run = document.add_paragraph(text).add_run()
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), note)
        run._r.append(reference)
    said = (("-1", ""), ("1", "Nine lids."), ("2", "Seven kettles."))
    notes = "".join(
        f'<w:footnote w:id="{key}"><w:p><w:r><w:footnoteRef/><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for key, text in said
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    blob = f'<w:footnotes xmlns:w="{space}">{notes}</w:footnotes>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )
    return docx_of(document)


def test_footnotes_stand_at_the_end_and_are_marked_on_request() -> None:
    content = with_footnotes()
    assert [block.text for block in extract(content, "a.docx").blocks] == [
        "Kettles were counted",
        "and lids too",
        "Nine lids.",
        "Seven kettles.",
    ]
    assert [block.text for block in extract(content, "a.docx", note_marks=True).blocks] == [
        "Kettles were counted[^1]",
        "and lids too[^2]",
        "[^2]: Nine lids.",
        "[^1]: Seven kettles.",
    ]
