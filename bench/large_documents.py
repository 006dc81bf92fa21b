"""How long files of 95 MB take, nearly the most that the library takes in, and how much memory they need.

.venv/bin/python -m bench.large_documents
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document
from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

# Else it writes pictures as text, a quarter larger.
rl_config.useA85 = 0
BYTES = 95_000_000
PARAGRAPH = (
    "The towns on the river keep a book of births so that no child is left without a paper. Every spring the "
    "book is read aloud in the market, and whoever is missing is written in. "
)


def picture(size: int) -> io.BytesIO:
    """Of about so many bytes, which no program packs any smaller."""
    side = int((size / 3) ** 0.5)
    stream = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(stream, "PNG", compress_level=0)
    stream.seek(0)
    return stream


def pdf(path: Path, pages: int, lines: int) -> None:
    """Each page with a picture that covers it and so many lines of text."""
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(pages):
        canvas.drawImage(ImageReader(picture(BYTES // pages)), 0, 0, *A4)
        for line in range(lines):
            start = 80 * ((line + number) % 2)
            canvas.drawString(60, 780 - 14 * line, PARAGRAPH[start : start + 80])
        canvas.showPage()
    canvas.save()


def docx(path: Path) -> None:
    document = Document()
    for _ in range(50):
        document.add_picture(picture(BYTES // 50))
        for _paragraph in range(100):
            document.add_paragraph(PARAGRAPH * 2)
    document.save(str(path))


FILES: Mapping[str, Callable[[Path], object]] = {
    "text of 1000 pages with pictures.pdf": lambda path: pdf(path, 1000, 45),
    "scan of 400 pages.pdf": lambda path: pdf(path, 400, 0),
    "pictures and paragraphs.docx": docx,
    "more text than is taken.txt": lambda path: path.write_text(PARAGRAPH * (BYTES // len(PARAGRAPH))),
}


def main() -> None:
    print(f"{'file':40} {'MB':>5} {'s':>6} {'process apart, MB':>18} {'worker, MB':>11}  what came of it")
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            path = Path(folder) / name
            run("make", path)
            _out, apart = run("apart", path)
            said, worker = run("take", path)
            print(
                f"{name:40} {path.stat().st_size / 1e6:5.0f} {said[0]:>6} {apart:18} {worker:11}  {said[1]}"
            )
            path.unlink()


def run(step: str, path: Path) -> tuple[tuple[str, str], int]:
    """What the step says, and the most megabytes that it had. This process is small: its own do not count."""
    program = (
        ("portal.library.apart", str(path), path.name) if step == "apart" else (__spec__.name, step, path)
    )
    child = subprocess.Popen(
        [sys.executable, "-m", *map(str, program)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdout is not None
    last = b""
    for line in child.stdout:
        last = line
    _pid, _status, used = os.wait4(child.pid, 0)
    first, _tab, rest = last.decode().strip().partition("\t")
    return (first, rest), used.ru_maxrss // 1024


def take_it(path: Path) -> str:
    import django  # reason: slow, and no part of the small process

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from portal.files.refusals import Refused  # reason: app ready
    from portal.library.taking import content_of, take  # reason: app ready

    began = time.monotonic()
    try:
        taken = take(path, content_of(path), ["en"])
        came = f"{taken.quality}, {taken.extracted.pages} pages, {len(taken.extracted.blocks)} blocks"
    except Refused as refused:
        came = f"refused: {refused.reason_code}"
    return f"{time.monotonic() - began:.1f}\t{came}"


if __name__ == "__main__":
    step, path = (sys.argv[1], Path(sys.argv[2])) if len(sys.argv) > 2 else ("", Path())
    if step == "make":
        FILES[path.name](path)
    elif step == "take":
        print(take_it(path))
    else:
        main()
