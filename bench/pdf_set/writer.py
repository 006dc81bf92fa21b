"""Pages as LibreOffice Writer prints a Word file."""

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bench.pdf_set.pages import Block, File

DROPPED = {"dropCap": "drop", "lines": "3", "wrap": "around", "vAnchor": "text", "hAnchor": "text"}
LANGUAGE = {"es": "es-ES", "fr": "fr-FR", "pt": "pt-BR"}


def write(files: Iterable[File], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        for file in files:
            _document(file).save(str(Path(name) / f"writer.{file.name}.docx"))
        sources = sorted(map(str, Path(name).glob("*.docx")))
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{name}/profile",
            "--convert-to",
            "pdf",
        ]
        subprocess.run([*command, "--outdir", str(folder), *sources], capture_output=True, check=True)


def _document(file: File) -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "DejaVu Serif", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE[file.language])
    style.element.get_or_add_rPr().append(language)
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(20)
    if file.heads:
        _add_heads(document, file.heads)
    for number, page in enumerate(file.pages):
        notes: list[str] = []
        for block in page.blocks:
            _add(document, block, notes)
        for note in notes:
            _add_note(document, note)
        if number < len(file.pages) - 1:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    return document


def _add_heads(document: Any, heads: tuple[str, ...]) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.header.paragraphs[0].text = heads[0]
    section.even_page_header.paragraphs[0].text = heads[1]


def _add(document: Any, block: Block, notes: list[str]) -> None:
    match block.kind:
        case "h":
            document.add_heading(block.parts[0], 2)
        case "li":
            document.add_paragraph(block.parts[0], style="List Bullet")
        case "table":
            _add_table(document, block)
        case "columns":
            _add_columns(document, block)
        case "note":
            _paragraph(document, block.parts[0]).add_run("1").font.superscript = True
            notes.append(block.parts[1])
        case "small":
            _add_small(document, block.parts[0].split(" "))
        case "drop":
            _add_dropped(document, block.parts[0])
        case "spaced":
            _add_spaced(document, block.parts[0])
        case _:
            _paragraph(document, block.parts[0])


def _add_table(document: Any, block: Block) -> None:
    table = document.add_table(0, block.across)
    for at in range(0, len(block.parts), block.across):
        cells = table.add_row().cells
        for cell, text in zip(cells, block.parts[at : at + block.across], strict=True):
            cell.text = text


def _add_small(document: Any, words: list[str]) -> None:
    paragraph = _paragraph(document, "")
    paragraph.add_run(" ".join(words[:4])).font.small_caps = True
    paragraph.add_run(" " + " ".join(words[4:]))


def _add_spaced(document: Any, text: str) -> None:
    run = _paragraph(document, "").add_run(text)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "80")
    run._r.get_or_add_rPr().append(spacing)


def _paragraph(document: Any, text: str) -> Any:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def _add_note(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(40)
    mark, note = paragraph.add_run("1"), paragraph.add_run(f" {text}")
    mark.font.superscript, note.font.size = True, Pt(8)


def _add_columns(document: Any, block: Block) -> None:
    section = document.add_section(WD_SECTION.CONTINUOUS)
    _set_columns(section, block.across)
    for part in block.parts:
        _paragraph(document, part)
    _set_columns(document.add_section(WD_SECTION.CONTINUOUS), 1)


def _set_columns(section: Any, number: int) -> None:
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(number))
    columns.set(qn("w:space"), "400")


def _add_dropped(document: Any, text: str) -> None:
    letter = document.add_paragraph()
    frame = OxmlElement("w:framePr")
    for name, value in DROPPED.items():
        frame.set(qn(f"w:{name}"), value)
    letter._p.get_or_add_pPr().append(frame)
    letter.paragraph_format.space_after = Pt(0)
    letter.add_run(text[0]).font.size = Pt(44)
    _paragraph(document, text[1:])
