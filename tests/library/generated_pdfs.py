"""PDF files made for the tests of page numbers and marks: columns, hyphens, accents, running heads.

On every page stand some words that stand nowhere else. Where they were set is known, so what the portal
says of them can be held against it.
"""

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
TOP, BOTTOM, LEFT = 120, 90, 60
SIZE, LEADING, GUTTER = 10, 13, 24
TEXTS = {
    "es": """la protección de las personas refugiadas y apátridas exige que cada municipalidad inscriba los
        nacimientos de niñas y niños sin pedir papeles que la familia perdió en el camino según explicó la
        delegación durante la reunión también acordó crear brigadas móviles para los pueblos más alejados""",
    "pt": """a proteção das pessoas refugiadas e apátridas exige que cada município registre os nascimentos
        de crianças sem pedir papéis que a família perdeu no caminho a delegação também propôs brigadas
        móveis para as regiões mais distantes com informações em línguas indígenas e cartões provisórios""",
    "fr": """la protection des personnes réfugiées et apatrides suppose que chaque mairie enregistre les
        naissances sans exiger des pièces que la famille a perdues en chemin elle a aussi proposé des
        brigades mobiles pour les villages éloignés où l'état civil n'arrive presque jamais avant l'été""",
    "en": """protecting refugees and stateless persons requires every town to register births without asking
        for papers that the family lost along the way it also proposed mobile brigades for the most
        remote villages where the civil registry hardly ever arrives before the dry season begins""",
}
ENDINGS = {"es": "ñón", "pt": "ção", "fr": "été", "en": "ing"}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is set. `across`: the two columns are written row by row, as some programs do."""

    name: str
    language: str
    pages: int
    columns: int = 1
    hyphens: bool = False
    heads: bool = False
    across: bool = False
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that stands once in a file, and the page it stands on."""

    word: str
    page: int


def plans() -> list[Plan]:
    """Thirty-two files; every language, one and two columns, one page to three hundred."""
    chance = random.Random(40)
    sizes = [
        1,
        1,
        1,
        2,
        2,
        2,
        3,
        3,
        3,
        4,
        4,
        5,
        5,
        6,
        6,
        7,
        7,
        8,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        16,
        18,
        20,
        24,
        30,
        80,
        300,
    ]
    made = []
    for number, pages in enumerate(sizes):
        columns = 1 + number % 2
        made.append(
            Plan(
                name=f"{number:02d}-{pages}-pages",
                language=list(TEXTS)[number // 2 % 4],
                pages=pages,
                columns=columns,
                hyphens=number % 3 != 0,
                heads=pages > 3 and chance.random() < 0.7,
                across=columns == 2 and chance.random() < 0.4,
                embedded=chance.random() < 0.5,
            )
        )
    return made


def pdf_of(plan: Plan) -> tuple[bytes, list[Marker]]:
    chance = random.Random(plan.name)
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    font = _font(plan.embedded)
    markers: list[Marker] = []
    for page in range(1, plan.pages + 1):
        words, here = _words(plan, page, chance)
        markers += here
        _draw(canvas, plan, page, font, list(_lines(plan, words, font)))
        canvas.showPage()
    canvas.save()
    return stream.getvalue(), markers


def _font(embedded: bool) -> str:
    if not embedded:
        return "Helvetica"
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    return "Vera"


def _words(plan: Plan, page: int, chance: random.Random) -> tuple[list[str], list[Marker]]:
    """A page full of sentences with three markers among them."""
    common = TEXTS[plan.language].split()
    words: list[str] = []
    for number in range(chance.randint(12, 24)):
        sentence = chance.choices(common, k=chance.randint(8, 16))
        words += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
        if number in (1, 5, 10):
            words.insert(len(words) - 3, _marker(plan, page, number))
    markers = [Marker(_marker(plan, page, number), page) for number in (1, 5, 10)]
    return words, markers


def _marker(plan: Plan, page: int, number: int) -> str:
    """A word of letters only that tells the page: digits would be read as a number."""
    letters = "bcdfghjklm"
    code = "".join(letters[int(digit)] + "a" for digit in f"{page:03d}{number:02d}")
    return f"que{code}{ENDINGS[plan.language]}"


def _lines(plan: Plan, words: Sequence[str], font: str) -> Iterator[str]:
    width = (WIDTH - 2 * LEFT - (plan.columns - 1) * GUTTER) / plan.columns
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if pdfmetrics.stringWidth(longer, font, SIZE) <= width:
            line = longer
            continue
        half = len(word) // 2
        head = f"{line} {word[:half]}-"
        if plan.hyphens and half >= 4 and pdfmetrics.stringWidth(head, font, SIZE) <= width:
            yield head
            line = word[half:]
        else:
            yield line
            line = word
    if line:
        yield line


def _draw(canvas: Canvas, plan: Plan, page: int, font: str, lines: list[str]) -> None:
    canvas.setFont(font, SIZE)
    if plan.heads:
        canvas.drawString(LEFT, HEIGHT - 40, f"{plan.language} {plan.name}")
        canvas.drawString(WIDTH / 2, 40, str(page))
    rows = int((HEIGHT - TOP - BOTTOM) / LEADING)
    per_column = min(rows, -(-len(lines) // plan.columns))
    assert len(lines) <= rows * plan.columns
    step = (WIDTH - 2 * LEFT + GUTTER) / plan.columns
    places = [
        (LEFT + number // per_column * step, HEIGHT - TOP - number % per_column * LEADING, line)
        for number, line in enumerate(lines)
    ]
    if plan.across:
        places.sort(key=lambda place: (-place[1], place[0]))
    for x, y, line in places:
        canvas.drawString(x, y, line)
