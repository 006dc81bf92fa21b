"""What a finding rests on: documents, some of them for everybody, and sources with their addresses."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.files.enums import FileType
from portal.files.models import StoredFile
from portal.followup.models.assessments import AssessmentPaper

MAX_PAPERS, MAX_SOURCES = 5, 12
ACCEPTED = frozenset({FileType.PDF, FileType.JPEG, FileType.PNG, FileType.DOCX})
ADDRESS = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]*://\S+")
PUBLIC = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of a stored assessment, in order."""

    rows: tuple[AssessmentPaper, ...] = ()

    @property
    def files(self) -> tuple[StoredFile, ...]:
        return tuple(row.file for row in self.rows)

    @property
    def open(self) -> tuple[StoredFile, ...]:
        """Those that everybody may read once the assessment is public."""
        return tuple(row.file for row in self.rows if row.is_open)


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the sources: what it is, and the address at which everybody can read it."""

    text: str
    url: str = ""


def papers_of(assessment_id: int | None) -> Papers:
    """One query, none without a row."""
    if assessment_id is None:
        return Papers()
    rows = AssessmentPaper.objects.filter(assessment_id=assessment_id).select_related("file")
    return Papers(tuple(rows))


def lines_of(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.strip())]


def source_in(line: str) -> Source:
    """The line without its address, and the address; a line that is an address alone names its host."""
    match = ADDRESS.search(line)
    url = match[0].rstrip(".,;)") if match else ""
    if not is_readable(url):
        return Source(line)
    text = " ".join(line.replace(url, " ").split()).strip(" :,;-().")
    return Source(text or str(urlsplit(url).hostname), url)


def is_readable(url: str) -> bool:
    """Whether everybody can follow it: on the web, with a host, without a name or password."""
    try:
        told = urlsplit(url)
        return told.scheme.lower() in PUBLIC and "." in (told.hostname or "") and not told.username
    except ValueError:
        return False


def unreadable(lines: list[str]) -> list[str]:
    """The addresses that nobody outside could follow."""
    return [match[0] for line in lines if (match := ADDRESS.search(line)) and not source_in(line).url]
