"""Draws one page of a PDF and tells where its words stand; `portal.library.page_images` starts it.

It runs as a process of its own, so that a bad file cannot harm or hold up the server, and imports nothing of
Django: `python -m portal.library.page_render FILE PAGE TARGET` writes TARGET.webp and TARGET.json.
"""

import io
import json
import resource
import sys
from ctypes import c_int
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

WIDTH = 1000
TALLEST = 3 * WIDTH
FINE = 10
MOST_BYTES = 150_000
# How well the picture is kept until it is small enough: quality and share of the width.
TRIES = ((75, 1.0), (60, 1.0), (45, 1.0), (45, 0.75), (30, 0.6), (10, 0.4))
CPU_SECONDS, MEMORY = 10, 1 << 30

Word = tuple[int, int, float, float, float, float]


def main(source: str, number: str, target: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    document = pypdfium2.PdfDocument(source)
    page = document[int(number) - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, TALLEST / height)
    size = (round(width * scale), round(height * scale))
    text, words = words_of(page, size)
    told = {"width": size[0], "height": size[1], "text": text, "words": words}
    Path(f"{target}.webp").write_bytes(picture(page, scale))
    Path(f"{target}.json").write_text(json.dumps(told))


def picture(page: pypdfium2.PdfPage, scale: float) -> bytes:
    """The page as WebP, of less quality when it would be large."""
    drawn = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    content = b""
    for quality, share in TRIES:
        size = (max(1, round(drawn.width * share)), max(1, round(drawn.height * share)))
        sink = io.BytesIO()
        (drawn if share == 1.0 else drawn.resize(size)).save(sink, "WEBP", quality=quality, method=2)
        content = sink.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content


def words_of(page: pypdfium2.PdfPage, size: tuple[int, int]) -> tuple[str, list[Word]]:
    """The text of the page, and each word's place in it and on the picture (x, y, width, height)."""
    layer = page.get_textpage()
    number = layer.count_chars()
    text = "".join(_sign(pdfium.FPDFText_GetUnicode(layer, at)) for at in range(number))
    words: list[Word] = []
    start = 0
    for end in range(number + 1):
        if end == number or text[end].isspace():
            if end > start:
                words.append((start, end, *_box(page, layer, start, end, size)))
            start = end + 1
    return text, words


def _sign(code: int) -> str:
    return " " if code in {0, 0xFFFE} or 0xD800 <= code <= 0xDFFF else chr(code)


def _box(
    page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, start: int, end: int, size: tuple[int, int]
) -> tuple[float, float, float, float]:
    boxes = [layer.get_charbox(at, loose=True) for at in range(start, end)]
    corners = [
        _on_picture(page, size, min(box[0] for box in boxes), min(box[1] for box in boxes)),
        _on_picture(page, size, max(box[2] for box in boxes), max(box[3] for box in boxes)),
    ]
    (left, right), (top, bottom) = (sorted(each) for each in zip(*corners, strict=True))
    return left / FINE, top / FINE, (right - left) / FINE, (bottom - top) / FINE


def _on_picture(page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    """A place of the page in tenths of the picture's points, whichever way the page is turned or cut."""
    across, down = c_int(), c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, size[0] * FINE, size[1] * FINE, 0, x, y, across, down)
    return across.value, down.value


if __name__ == "__main__":
    main(*sys.argv[1:])
