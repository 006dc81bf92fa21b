"""Reads the demo's words from the TOML files in `content`; the loaders of this app call it."""

import json
import re
import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

FOLDER = Path(__file__).resolve().parent / "content"
DOCUMENTS = FOLDER / "documents"
# Keys are made from names, so that records can name pages and a new load gives the same keys.
NAMESPACE = UUID("8c5e2b52-6d0e-4f43-9f0b-4b1c2a5d4040")
Content = dict[str, Any]
# What was said to the consultation in Mexico City, while that was open.
SAID = "mexico"
JOINED, FIRST_SAID = datetime(2024, 1, 15, 15, tzinfo=UTC), datetime(2024, 2, 5, 15, tzinfo=UTC)
SAID_STEP = timedelta(hours=18)


@cache
def read(name: str) -> Content:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def numbered(name: str) -> list[Content]:
    """The files `name-1.toml`, `name-2.toml` and so on, in their order."""
    files = len(list(FOLDER.glob(f"{name}-*.toml")))
    return [read(f"{name}-{number}") for number in range(1, files + 1)]


def all_records() -> Content:
    """The records, then the organizations and interventions that stand in the consultation's own folder."""
    records = read("records")
    joined = [row | {"at": JOINED} for row in read(f"{SAID}/organizations")["organizations"]]
    countries = {row["key"]: row["country"] for row in joined}
    said = [row for part in numbered(f"{SAID}/interventions") for row in part["interventions"]]
    return records | {
        "organizations": [*records["organizations"], *joined],
        "interventions": [
            *records["interventions"],
            *(
                {"country": countries[row["organization"]], "state": "published"}
                | {"at": FIRST_SAID + at * SAID_STEP}
                | row
                for at, row in enumerate(said)
            ),
        ],
    }


def key_of(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def rich(text: str) -> str:
    """Paragraphs, bullet lists and numbered ones (`1. `) of plain text as the HTML of rich text fields."""
    return "".join(_part(part.strip()) for part in text.strip().split("\n\n") if part.strip())


def _part(part: str) -> str:
    lines = part.splitlines()
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{escape(line[2:], quote=False)}</li>' for line in lines)}</ul>"
    if all(re.match(r"\d+\. ", line) for line in lines):
        items = (line.partition(". ")[2] for line in lines)
        return f"<ol>{''.join(f'<li>{escape(item, quote=False)}</li>' for item in items)}</ol>"
    return f"<p>{escape(' '.join(lines), quote=False)}</p>"


def block(kind: str, name: str, value: Any) -> Content:
    """One block of a StreamField; its id comes from `name` and is the same in every language."""
    return {"type": kind, "id": str(key_of(name)), "value": value}


def stream(blocks: list[Content]) -> str:
    return json.dumps(blocks)
