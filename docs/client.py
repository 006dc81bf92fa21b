"""Reads the portal's public lists through its API, with nothing but Python's standard library.

    python3 docs/client.py https://portal.example pledges country=MX

prints a line for each row: its number, its language, its title and its address. Use `rows` from a program.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen


class Refused(Exception):
    """The API says no; the message holds its reasons."""


def rows(site: str, name: str, **asked: str) -> Iterator[dict[str, Any]]:
    """Every row of a list, such as `rows(site, "pledges", country="MX", ui="en")`, part by part."""
    address: str | None = f"{site}/api/v1/{name}?{urlencode({'size': '200', **asked})}"
    while address:
        part = get(address)
        yield from part["results"]
        # The whole address of the next part without the site; null at the end.
        address = urljoin(site, part["next"]) if part["next"] else None


def get(address: str) -> dict[str, Any]:
    """One answer. Raises `Refused` for what the API does not know or allow."""
    if not address.startswith(("https://", "http://")):
        raise Refused(f"{address} is no address of a site.")
    headers = {"Accept": "application/json", "User-Agent": "portal-example/1"}
    request = Request(address, headers=headers)  # noqa: S310  # reason: looked at above
    try:
        with urlopen(request, timeout=60) as answer:  # noqa: S310  # reason: looked at above
            return dict(json.load(answer))
    except HTTPError as refusal:
        with refusal:
            raise Refused(f"{refusal.code}: {refusal.read().decode()}") from None


def main(arguments: list[str]) -> int:
    if len(arguments) < 2:  # reason: site and list
        print(__doc__)
        return 2
    site, name, *asked = arguments
    try:
        for row in rows(site.rstrip("/"), name, **dict(each.split("=", 1) for each in asked)):
            print(row["id"], row["language"], row["title"], row["url"], sep="\t")
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
