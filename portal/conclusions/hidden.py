"""What goes with the words of an intervention: hidden while it is taken down, back as it was, or emptied.

Receivers call it in the transaction of the change.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from portal.conclusions.models import Evidence, PublicDisposition
from portal.publication.enums import RecordKind
from portal.publication.queries import published


def hide(key: UUID) -> None:
    """Nobody reads its words, as if it were withdrawn; they may come back, and with it what became of it."""
    rows = list(Evidence.objects.filter(intervention_key=key, withdrawn_at__isnull=True))
    for row in rows:
        row.hidden = {"words": row.words, "note": row.note}
        row.words, row.note, row.withdrawn_at = "", "", timezone.now()
    Evidence.objects.bulk_update(rows, ["hidden", "words", "note", "withdrawn_at"])


def show_again(key: UUID) -> None:
    rows = list(Evidence.objects.filter(intervention_key=key, hidden__isnull=False))
    for row in rows:
        said = row.hidden or {}
        row.words, row.note = said["words"], said["note"]
        row.hidden = row.withdrawn_at = None
    Evidence.objects.bulk_update(rows, ["hidden", "words", "note", "withdrawn_at"])


def forget_hidden(key: UUID) -> None:
    """It does not come back, unless it was published anew since."""
    Evidence.objects.filter(intervention_key=key, hidden__isnull=False).update(hidden=None)
    if not published(RecordKind.INTERVENTION).filter(source_key=key).exists():
        PublicDisposition.objects.filter(intervention_key=key).delete()


def empty(key: UUID) -> None:
    """What was said to become of it goes too; the ledger's record says that it was withdrawn."""
    forget(Evidence.objects.filter(intervention_key=key))
    forget_hidden(key)


def forget(rows: QuerySet[Evidence]) -> None:
    rows.filter(withdrawn_at__isnull=True).update(words="", note="", withdrawn_at=timezone.now())
