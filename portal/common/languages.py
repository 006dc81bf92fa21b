"""The four languages: codes, own names, and paths that carry them."""

CODES: tuple[str, ...] = ("es", "en", "pt", "fr")
OWN_NAMES: dict[str, str] = {"es": "Español", "en": "English", "pt": "Português", "fr": "Français"}
DEFAULT: str = "es"


def language_of(path: str) -> str | None:
    """The language a public path starts with: `/pt/pledges/` gives `pt`; None without a prefix."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in CODES and path.startswith(f"/{first}/") else None


def in_language(path: str, code: str) -> str:
    """The same public path in another language; a path without a prefix is returned as it is."""
    current = language_of(path)
    return path if current is None else f"/{code}{path[len(current) + 1 :]}"
