"""Writes the file of the ledger: lines by kind, codebook, readme, sums. The same content gives the same
bytes; `domain` calls it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import translation

from portal.common.digests import canonical
from portal.common.languages import CODES, DEFAULT
from portal.opendata.ledger_fields import HEADING, codebook, file_of
from portal.opendata.ledger_lines import Line, lines_of
from portal.opendata.words import terms
from portal.records.types import record_types
from portal.tables.codebook import lines_of as codebook_lines
from portal.tables.writing import csv_chunks

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
FORMAT = 1
_MODE = 0o644 << 16
_UNIX = 3


@dataclass(slots=True)
class Archive:
    """A ZIP file that is being written, with the SHA-256 of each of its files as `sha256sum` tells them."""

    zipped: ZipFile
    day: date
    sums: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        made = ZipInfo(name, (self.day.year, self.day.month, self.day.day, 0, 0, 0))
        made.compress_type, made.create_system, made.external_attr = ZIP_DEFLATED, _UNIX, _MODE
        digest = hashlib.sha256()
        with self.zipped.open(made, "w", force_zip64=True) as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        self.sums[name] = digest.hexdigest()


@dataclass(slots=True)
class Counts:
    """What a file of lines holds."""

    records: int = 0
    withdrawn: int = 0

    def counted(self, lines: Iterable[Line]) -> Iterator[bytes]:
        for line in lines:
            self.withdrawn += "withdrawn_at" in line
            self.records += 1
            yield canonical(line) + b"\n"


def write(file: IO[bytes], now: datetime) -> int:
    """The ledger as it is, facts as of `now`. Gives the number of public records."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as zipped:
        archive, told = Archive(zipped, now.date()), {}
        for declared in record_types():
            told[file_of(declared)] = counts = Counts()
            archive.add(file_of(declared), counts.counted(lines_of(declared, now)))
        for code in CODES:
            with translation.override(code):
                _add_words(archive, code, now.date())
        archive.add(MANIFEST, [_manifest(archive.sums, told, now)])
        archive.add(SUMS, [_sums(archive.sums)])
    return sum(counts.records - counts.withdrawn for counts in told.values())


def _add_words(archive: Archive, language: str, day: date) -> None:
    """Codebook and readme in the active language."""
    archive.add(f"codebook.{language}.csv", csv_chunks(HEADING, _codebook(language)))
    readme = render_to_string("opendata/readme.txt", {"day": day.isoformat(), "terms": terms(language)})
    archive.add(f"README.{language}.txt", [readme.encode()])


def _codebook(language: str) -> Iterator[tuple[str, ...]]:
    for name, columns in codebook():
        for line in codebook_lines(columns, language):
            yield (name, *line)


def _manifest(sums: dict[str, str], told: dict[str, Counts], now: datetime) -> bytes:
    with translation.override(DEFAULT):
        licence = terms(DEFAULT)
    content: dict[str, Any] = {
        "format": FORMAT,
        "day": now.date().isoformat(),
        "licence": licence.licence,
        "licence_url": licence.licence_url,
        "files": {
            name: {"sha256": sha256}
            | ({"lines": told[name].records, "withdrawn": told[name].withdrawn} if name in told else {})
            for name, sha256 in sorted(sums.items())
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _sums(sums: dict[str, str]) -> bytes:
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items())).encode()
