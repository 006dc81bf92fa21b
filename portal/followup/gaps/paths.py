"""Where the pages of the room stand, in a reader's language."""

from urllib.parse import urlencode

from portal.followup.gaps.asked import Asked
from portal.followup.gaps.kinds import Gap

ACTIONS, PLEDGES = "actions", "pledges"


def path_of_gap(gap: Gap, asked: Asked, language: str) -> str:
    """Its list under those of the filters that it has."""
    return _with(f"/{language}/follow-up/gaps/{gap.slug}/", asked.only(gap.filters).query)


def path_of_feed(gap: Gap, asked: Asked, language: str) -> str:
    return _with(f"/{language}/follow-up/gaps/{gap.slug}/feed/", asked.only(gap.filters).query)


def path_of_overlap(language: str, one: str = "", other: str = "", kind: str = "", last: str = "") -> str:
    """What two mechanisms, or any two, work on: `kind` is one of `ACTIONS` and `PLEDGES`."""
    asked = {"one": one, "other": other, "kind": kind if kind == PLEDGES else ""}
    here = f"/{language}/follow-up/overlap/{last}"
    return _with(here, {name: value for name, value in asked.items() if value})


def _with(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
