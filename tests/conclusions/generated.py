"""Conclusions made at random in both layouts, with what a reader would count in them. Pure."""

import random
from dataclasses import dataclass, field

_WORDS = """
apple basket candle door engine feather garden hammer island jacket kettle ladder mirror needle oven pillow
quilt ribbon saddle table umbrella valley window yarn bridge chimney drum fence goat harbour ink jar kite lamp
""".split()  # noqa: SIM905 a list of words reads better as words
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_SPELLED = ("one", "two", "three", "four", "five", "six")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Made:
    """The text, and per segment how many recommendations each priority area has."""

    text: str
    segments: list[list[int]] = field(default_factory=list)
    footnotes: int = 0


def sentence(rng: random.Random, words: int = 0) -> str:
    said = [rng.choice(_WORDS) for _ in range(words or rng.randint(7, 40))]
    return f"{' '.join(said).capitalize()} was asked for."


def title(rng: random.Random) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(2, 6))).title()


def layout_a(seed: int) -> Made:
    """Priority areas as bullets or run-in titles, segments named after their Roman number, broken lines."""
    rng = random.Random(seed)
    made = Made("")
    paragraphs = ["I. INTRODUCTION", *(sentence(rng) for _ in range(2)), "II. INAUGURATION", sentence(rng)]
    made.footnotes = rng.randint(0, 4)
    for number in range(1, made.footnotes + 1):
        paragraphs[1] += f" {sentence(rng)[:-1]}{number}."
    for number in range(made.footnotes, 0, -1):
        paragraphs.insert(2, f"{number} {title(rng)}, {title(rng)}.")
    for segment in range(rng.randint(1, 5)):
        paragraphs += [f"{ROMAN[segment]} SEGMENT {rng.choice('-–—')} {title(rng)}", sentence(rng)]
        areas = rng.randint(2, 5)
        paragraphs.append(f"Based on what was said, {_SPELLED[areas - 1]} priority areas were identified:")
        bullet = rng.choice(("", "● "))
        made.segments.append([])
        for _area in range(areas):
            said = [sentence(rng) for _ in range(rng.randint(1, 4))]
            run_on = bool(bullet) and len(said) > 1 and rng.random() < 0.4
            if run_on:
                said = [" ".join(f"- {text}" for text in said)]
            paragraphs += [f"{bullet}{title(rng)}: {said[0]}", *said[1:]]
            made.segments[-1].append(said[0].count("- ") if run_on else len(said))
    made.text = _broken(rng, paragraphs)
    return made


def _broken(rng: random.Random, paragraphs: list[str]) -> str:
    """Whole paragraphs, or lines of at most 90 letters with an empty line between paragraphs."""
    width = rng.choice((90, 100_000))
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines += [line, ""]
    return "\n".join(lines)


def layout_b(seed: int) -> Made:
    """Chapters that are segments, recommendations as bullets, superscript footnotes, running heads."""
    rng = random.Random(seed)
    made = Made("")
    blocks = [f"REPORT OF {title(rng).upper()}", "I. INTRODUCTION", sentence(rng)]
    numbered_areas = rng.random() < 0.7
    for segment in range(rng.randint(1, 4)):
        chapter = f"{ROMAN[segment + 1]}. " if rng.random() < 0.5 else ""
        blocks += [
            f"{chapter}SEGMENT {ROMAN[segment]}{rng.choice((': ', ' – ', '. '))}{title(rng)}",
            sentence(rng),
        ]
        made.segments.append([])
        for area in range(rng.randint(1, 4)):
            label = f"Priority area {area + 1}: " if numbered_areas else f"{segment + 1}.{area + 1} "
            blocks += [f"{label}{title(rng)}", sentence(rng)]
            count = rng.randint(1, 5)
            for _ in range(count):
                text = sentence(rng, rng.randint(7, 12))
                if rng.random() < 0.2:
                    made.footnotes += 1
                    text = f"{text[:-1]}{str(made.footnotes).translate(_SUPERSCRIPT)}."
                blocks.append(f"• {text}")
            made.segments[-1].append(count)
    blocks += ["VIII. CLOSING", sentence(rng)]
    blocks += [
        f"{str(number).translate(_SUPERSCRIPT)} {sentence(rng, 5)}" for number in range(1, made.footnotes + 1)
    ]
    made.text = "\n\n".join(_with_heads(blocks))
    return made


def _with_heads(blocks: list[str]) -> list[str]:
    """A running head with a page number set apart from it, after every tenth block."""
    headed: list[str] = []
    for position, block in enumerate(blocks, start=1):
        headed.append(block)
        if position % 10 == 0:
            headed.append(f"Report of the meeting{' ' * 40}{position // 10}")
    return headed
