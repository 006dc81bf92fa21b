"""Text for files that are XML inside: feeds, sheets, word files; pure."""

import re

# Control characters, halves of pairs, the two that are no characters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def fit(text: str, instead: str = "") -> str:
    """The text without what XML cannot hold."""
    return _UNFIT.sub(instead, text)
