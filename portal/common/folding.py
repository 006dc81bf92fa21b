"""Text without accents and case, for sorting and simple finding; pure, every app calls it."""

import unicodedata


def folded(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
