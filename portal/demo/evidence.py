"""Documents that the demo's bodies show for what they find, drawn here: notes of a visit, a map of places."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from portal.common.characters import one_line

LEFT, TOP, LINE, WIDTH = 60, 780, 18, 88
SIZE, STEP, GRID = (640, 400), 80, (213, 218, 214)
PAPER, INK, SUN = (251, 250, 246), (11, 74, 91), (242, 182, 50)


def notes(title: str, lines: Sequence[str]) -> bytes:
    """A PDF of one page, the same bytes for the same words. Letters of Latin-1 only."""
    written = io.BytesIO()
    page = Canvas(written, pagesize=A4, invariant=True)
    page.setFont("Helvetica-Bold", 14)
    page.drawString(LEFT, TOP, _plain(title))
    page.setFont("Helvetica", 11)
    for at, line in enumerate(lines, start=2):
        page.drawString(LEFT, TOP - at * LINE, _plain(line)[:WIDTH])
    page.save()
    return written.getvalue()


def plan_of_a_place(places: int) -> bytes:
    """A PNG: a grid of streets, and a mark for each place that was visited."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    for along in range(0, SIZE[0], STEP):
        pen.line([(along, 0), (along, SIZE[1])], fill=GRID, width=6)
    for across in range(0, SIZE[1], STEP):
        pen.line([(0, across), (SIZE[0], across)], fill=GRID, width=6)
    for at in range(places):
        left, top = 110 + at * 170, 90 + (at * 130) % 240
        pen.ellipse([(left, top), (left + 34, top + 34)], fill=SUN, outline=INK, width=4)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _plain(text: str) -> str:
    return one_line(text).replace("’", "'").encode("latin-1", "replace").decode("latin-1")
