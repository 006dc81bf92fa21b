"""Pages as Chromium prints them."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from bench.pdf_set.pages import Block, File

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
STYLE = """
@page { size: A4; margin: 25mm 20mm }
body { font: 11pt/1.35 'DejaVu Serif', serif; text-align: justify; hyphens: auto }
section { break-after: page } h2 { font-size: 15pt }
table { border-collapse: collapse } td { padding: 2pt 14pt 2pt 0 }
.small { font-variant: small-caps }
.drop::first-letter { float: left; font-size: 34pt; line-height: 32pt; padding-right: 3pt }
.spaced { letter-spacing: 0.3em } .note { font-size: 8pt; margin-top: 3em } sup { font-size: 60% }
.columns { column-gap: 7mm }
"""


def write(files: Iterable[File], folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        for file in files:
            page.set_content(_html(file))
            page.pdf(path=folder / f"chromium.{file.name}.pdf", prefer_css_page_size=True, **_heads(file))
        browser.close()


def _heads(file: File) -> dict[str, object]:
    if not file.heads:
        return {}
    style = "font-size:8pt;width:100%;margin:0 20mm"
    head = f'<div style="{style}">{escape(file.heads[0])}</div>'
    foot = f'<div style="{style};text-align:center"><span class="pageNumber"></span></div>'
    return {"display_header_footer": True, "header_template": head, "footer_template": foot}


def _html(file: File) -> str:
    sections = "".join(f"<section>{''.join(map(_block, page.blocks))}</section>" for page in file.pages)
    return f'<html lang="{file.language}"><style>{STYLE}</style><body>{sections}'


def _block(block: Block) -> str:
    parts = [escape(part, quote=False) for part in block.parts]
    match block.kind:
        case "h":
            return f"<h2>{parts[0]}</h2>"
        case "li":
            return f"<ul><li>{parts[0]}</li></ul>"
        case "columns":
            inner = "".join(f"<p>{part}</p>" for part in parts)
            return f'<div class="columns" style="column-count:{block.across}">{inner}</div>'
        case "table":
            rows = [parts[at : at + block.across] for at in range(0, len(parts), block.across)]
            cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case "note":
            return f'<p>{parts[0]}<sup>1</sup></p><p class="note"><sup>1</sup> {parts[1]}</p>'
        case "small":
            first, rest = parts[0].split(" ", 4)[:4], parts[0].split(" ", 4)[4]
            return f'<p><span class="small">{" ".join(first)}</span> {rest}</p>'
        case kind:
            return f'<p class="{kind}">{parts[0]}</p>'
