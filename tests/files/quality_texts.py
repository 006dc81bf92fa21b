"""Texts for the quality gate, good ones and broken ones: written for this test, in the four languages."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

_TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PROSE: Mapping[str, str] = {code: " ".join(text.split()) for code, text in _TEXTS["prose"].items()}
SHELLS: Mapping[str, str] = _TEXTS["shells"]
GERMAN, ARABIC = _TEXTS["strange"]["german"], _TEXTS["strange"]["arabic"]
NAMES = "Ana Quispe, Jhon Rodríguez Mina, Wilmer Ortiz, María de los Ángeles Chávez, Kléber Andrade"
OF_NAMES = {"es": "presentado por", "pt": "apresentado por", "fr": "présenté par", "en": "presented by"}
FIGURES = {
    "es": "Número de personas atendidas en el año, por mes y lugar",
    "pt": "Número de pessoas atendidas no ano, por mês e lugar",
    "fr": "Nombre de personnes reçues dans l'année, par mois et lieu",
    "en": "Number of people served in the year, by month and place",
}
OTHER = {"es": "fr", "pt": "es", "fr": "pt", "en": "es"}
Pages = list[str]


def _plain(code: str) -> str:
    return "".join(each for each in PROSE[code] if each.isascii())


def _figures() -> str:
    return "\n".join(f"{n} {n * 17} {n / 7:.1f} %" for n in range(90))


GOOD: Mapping[str, Callable[[str], Pages]] = {
    "prose": lambda code: [PROSE[code]] * 3,
    "capitals": lambda code: [PROSE[code].upper()],
    "typed without accents": lambda code: [_plain(code)],
    "names": lambda code: [f"{PROSE[code][:250]} {OF_NAMES[code]} {NAMES}."],
    "figures": lambda code: [
        f"{FIGURES[code]}\n" + "\n".join(f"{n} {n * 17} {n / 7:.1f} %" for n in range(90))
    ],
    "few words": lambda code: [" ".join(PROSE[code].split()[:9])],
    "bullets of the Symbol font": lambda code: [
        "\n".join(f"\uf0b7 {part}" for part in PROSE[code].split(", "))
    ],
    "addresses": lambda code: [
        f"{PROSE[code]} https://example.org/a-very-long-address/of/a/page?with=words " * 2
    ],
    "a page without words among others": lambda code: [PROSE[code], "", "12", PROSE[code], PROSE[code]],
    "a quotation in another language": lambda code: [
        f"{PROSE[code]} « {PROSE[OTHER[code]][:120]} »",
        PROSE[code],
    ],
}


def _shifted(text: str) -> str:
    return "".join(
        chr((ord(each) - 97 + 3) % 26 + 97) if "a" <= each <= "z" else each for each in text.lower()
    )


def _private(text: str) -> str:
    return "".join(chr(0xE000 + ord(each)) for each in text)


def _torn(text: str) -> str:
    return " ".join(f"{word[:3]} {word[3:]}" if len(word) > 5 else word for word in text.split())


def _codes(text: str) -> str:
    return "".join(f"(cid:{ord(each)})" if each != " " else " " for each in text)


def _half_lost(text: str) -> str:
    return "".join("\ufffd" if each in "aeiou" else each for each in text)


def _mojibake(text: str) -> str:
    return text.replace("a", "á").encode().decode("latin-1")


BAD: Mapping[str, tuple[str, Callable[[str], Pages]]] = {
    "glyph codes": ("pictures", lambda code: [_codes(PROSE[code])]),
    "letters shifted in the font": ("pictures", lambda code: [_shifted(PROSE[code])]),
    "letters in the private area": (
        "pictures",
        lambda code: [_private(PROSE[code])],
    ),
    "letters lost": ("pictures", lambda code: [_half_lost(PROSE[code])]),
    "words glued": ("pictures", lambda code: [PROSE[code].replace(" ", "")] * 6),
    "words glued by two": ("pictures", lambda code: [" ".join(_pairs(PROSE[code].split()))]),
    "words torn": ("pictures", lambda code: [_torn(PROSE[code])]),
    "letters apart": ("pictures", lambda code: [" ".join(PROSE[code])]),
    "mirrored": ("pictures", lambda code: [PROSE[code][::-1]]),
    "read in the wrong encoding": ("pictures", lambda code: [_mojibake(PROSE[code])]),
    "a form shell": ("refused", lambda code: [SHELLS[code]]),
    "another language": ("refused", lambda code: [PROSE[OTHER[code]]]),
    "another script": ("refused", lambda code: [ARABIC * 5]),
    "a language that is none of ours": ("pictures", lambda code: [GERMAN * 3]),
    "half of the pages broken": ("pictures", lambda code: [PROSE[code], _shifted(PROSE[code])] * 3),
    "nothing": ("pictures", lambda code: ["", " 1 ", ""]),
}


def _pairs(parts: list[str]) -> list[str]:
    return ["".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
