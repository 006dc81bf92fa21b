"""Looks at the pages of a PDF as pictures: what there is to see, and one page drawn for optical recognition.

It imports nothing of Django and runs in processes apart only: `python -m portal.library.page_scan FILE PAGE
TARGET` writes the picture TARGET, a PNG.
"""

import resource
import sys
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

# About 300 points an inch of a page of the usual size.
WIDTH, TALLEST = 2480, 7440
LOOKED_AT = 40
COVERED = 0.5
CPU_SECONDS, MEMORY = 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Drawn:
    """`pages` where something can be seen on any (else 0); `is_pictures`: a picture covers each of them."""

    pages: int = 0
    is_pictures: bool = False


def drawn(content: bytes) -> Drawn:
    """What is on the first pages of a PDF."""
    document = pypdfium2.PdfDocument(content)
    number = len(document)
    pages = [document[at] for at in range(min(number, LOOKED_AT))]
    if not any(pdfium.FPDFPage_CountObjects(page) for page in pages):
        return Drawn()
    return Drawn(number, all(map(_is_covered, pages)))


def _is_covered(page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_size()
    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return any(_area(picture) > COVERED * width * height for picture in pictures)


def _area(picture: pypdfium2.PdfObject) -> float:
    left, bottom, right, top = picture.get_bounds()
    return float((right - left) * (top - bottom))


def main(source: str, number: str, target: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    page = pypdfium2.PdfDocument(source)[int(number) - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, TALLEST / height)
    page.render(scale=scale, grayscale=True).to_pil().save(target, "PNG")


if __name__ == "__main__":
    main(*sys.argv[1:])
