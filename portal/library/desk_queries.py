"""Reads of the library for its room at the desk: also what was withdrawn, and what became of a document."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.common.events import history
from portal.common.ids import parse_public_id
from portal.library.enums import Facet, IntakeState
from portal.library.models import LETTER, DocumentTag, LibraryDocument, LibraryIntake
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import acting_organizations

SHOWN_FOR = timedelta(days=14)


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
    """Files that wait or are read, and those refused of late, the newest first; twenty at most."""
    lately = Q(state__in=(IntakeState.WAITING, IntakeState.READING)) | Q(
        state=IntakeState.REFUSED, created_at__gte=now - SHOWN_FOR
    )
    return list(LibraryIntake.objects.filter(lately)[:20])


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
