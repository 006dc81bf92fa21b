"""A line of the desk's first page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what it is, where it stands, what one can do next."""

    title: str
    url: str
    lang: str
    meta: list[str]
    state: str
    tone: str
    todo: str = ""
    todo_url: str = ""
    waits: bool = False
