"""Cleans one piece of text: Unicode forms, spaces, and Markdown's inline marks left over in plain text."""

import re
import unicodedata

_GONE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u00ad")
)
_CONTROLS = dict.fromkeys([*range(9), *range(14, 26), 27, *range(0x7F, 0x85), *range(0x86, 0xA0)])
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_CHANGED: dict[int, str | None] = {**_GONE, **_CONTROLS, **_LIGATURES}
_SPACES = re.compile(r"[ \t\n\r\f\v\x1a\x1c-\x1f\x85\u2000-\u200a\u2028\u2029\u3000]+")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,600})\]\(([^()\s]{0,600})\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![\w*])")
_TAIL = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,1000})\1[.:]?$")
_LEAD = re.compile(r"^((?:\(?[\w.]{1,5}[.)]\s+)?[\"“«]?)(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\2")


def clean(text: str) -> str:
    """Composed Unicode without invisible characters, runs of space as one; no-break spaces stay."""
    if text.rstrip().endswith("\u00ad"):
        text = (
            f"{text.rstrip()[:-1]}\u2010"  # a soft hyphen at a line's end was shown, and marks a broken word
        )
    text = unicodedata.normalize("NFC", text.translate(_CHANGED))
    return _SPACES.sub(" ", text).strip(" ")


def unmark(text: str) -> tuple[str, str, str]:
    """Text without inline marks, its bold beginning, its italic end. A real link keeps its address."""
    lead, tail = _LEAD.match(text), _TAIL.search(text)
    return _strip(text), _strip(lead[1] + lead[3]) if lead else "", _strip(tail[2]) if tail else ""


def _strip(text: str) -> str:
    text = _AUTOLINK.sub(r"\1", _LINK.sub(_shown, text))
    return clean(_ITALIC.sub(r"\1", _BOLD.sub(r"\2", text)))


def _shown(match: re.Match[str]) -> str:
    label, target = match[1], match[2]
    return label if not target or target.startswith("#") or target in label else f"{label} ({target})"
