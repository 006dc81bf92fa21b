"""Reads of the library for its room at the desk: also what was withdrawn, and what became of a document."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from portal.common.actors import Actor
from portal.common.events import history
from portal.common.ids import parse_public_id
from portal.library.enums import Facet, IntakeState
from portal.library.models import LETTER, DocumentTag, LibraryDocument, LibraryIntake
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import acting_organizations

SHOWN = 50
SHOWN_FOR, PUBLIC_SHOWN_FOR = timedelta(days=14), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a document's history; `changes` are name, old and new of what was described anew."""

    at: datetime
    action: str
    changes: tuple[tuple[str, Any, Any], ...]
    version: int | None = None


def documents_for_desk(q: str = "") -> QuerySet[LibraryDocument]:
    """The last changed first; `q` is a number, or in the title, the source or the name of the file."""
    rows = LibraryDocument.objects.order_by("-updated_at", "-pk")
    parsed = parse_public_id(q.upper())
    if parsed is not None and parsed[0] == LETTER:
        return rows.filter(pk=parsed[1])
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(source__icontains=q) | Q(file_name__icontains=q))
    return rows


def intakes_for_desk(now: datetime) -> list[LibraryIntake]:
    """Files that wait or are read, the newest first, then what became of others of late. One query."""
    rows = LibraryIntake.objects.filter(_of_late(now)).select_related("document", "replaces")
    return list(rows.order_by(F("finished_at").desc(nulls_first=True), "-pk")[:SHOWN])


def replacements_for_desk(document: LibraryDocument, now: datetime) -> list[LibraryIntake]:
    """The file that waits to replace the document's own, or why the last one did not. One query."""
    rows = LibraryIntake.objects.filter(_of_late(now), replaces=document).order_by("-pk")[:1]
    return [row for row in rows if row.state != IntakeState.PUBLIC]


def _of_late(now: datetime) -> Q:
    """Refused ones longer than others: somebody has to do something."""
    public = Q(state=IntakeState.PUBLIC, finished_at__gte=now - PUBLIC_SHOWN_FOR)
    return public | Q(finished_at=None) | Q(state=IntakeState.REFUSED, finished_at__gte=now - SHOWN_FOR)


def holders_of_official() -> dict[str, list[LibraryDocument]]:
    """Public documents by the official text that they are. One query."""
    rows = DocumentTag.objects.filter(facet=Facet.OFFICIAL, document__live=True).select_related("document")
    held: dict[str, list[LibraryDocument]] = {}
    for row in rows.order_by("document_id"):
        held.setdefault(row.value, []).append(row.document)
    return held


def history_of(document: LibraryDocument) -> list[Happened]:
    """Newest first. One query."""
    return [
        Happened(
            event.at,
            event.action,
            tuple((name, *pair) for name, pair in event.details.get("changes", {}).items()),
            event.details.get("version"),
        )
        for event in history("document", document.public_id).order_by("-at", "-pk")
    ]


def proposing_for(actor: Actor) -> QuerySet[Organization]:
    """Verified organizations in whose name the person proposes; none whose name is withheld."""
    return acting_organizations(actor).filter(state=OrganizationState.VERIFIED, is_protected=False)
