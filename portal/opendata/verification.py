"""Whether a file of the ledger is what it says: needs the file and nothing else; a command calls it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from portal.common.digests import digest_of
from portal.opendata.ledger_archive import SUMS

_BLOCK = 1 << 20


def digest_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def faults(path: Path) -> Iterator[str]:
    """A line for each file in it whose sum is another, and for each record whose digest is another."""
    try:
        with ZipFile(path) as zipped:
            yield from _wrong_sums(zipped)
            for name in zipped.namelist():
                if name.endswith(".jsonl"):
                    yield from _wrong_records(zipped, name)
    except (BadZipFile, OSError) as problem:
        yield f"{path.name}: {problem}"


def _wrong_sums(zipped: ZipFile) -> Iterator[str]:
    names = set(zipped.namelist())
    if SUMS not in names:
        yield f"{SUMS} is missing"
        return
    stated = dict(line.split("  ", 1)[::-1] for line in zipped.read(SUMS).decode().splitlines())
    for name in sorted(names.symmetric_difference({*stated, SUMS})):
        yield f"{name}: in {SUMS} or in the file, not in both"
    for name in sorted(names & stated.keys()):
        if _digest_in(zipped, name) != stated[name]:
            yield f"{name}: its SHA-256 is another"


def _digest_in(zipped: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with zipped.open(name) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _wrong_records(zipped: ZipFile, name: str) -> Iterator[str]:
    with zipped.open(name) as lines:
        for text in lines:
            line = json.loads(text)
            if "content" in line and digest_of(line["content"]) != line["sha256"]:
                yield f"{name}: {line['id']} does not have the digest that it tells"
