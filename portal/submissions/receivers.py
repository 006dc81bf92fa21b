"""What the ledger tells: that the name of an author is withheld at a text from now on."""

from uuid import UUID

from django.dispatch import receiver

from portal.publication.enums import RecordState
from portal.publication.kinds import WITHHELD
from portal.publication.models import Record
from portal.publication.signals import words_gone
from portal.submissions.emptying import empty
from portal.submissions.models import Amendment


@receiver(words_gone, sender=Record, dispatch_uid="submissions")
def follow(key: UUID, kind: str, **kwargs: object) -> None:
    """What was proposed to amend before may say who it is."""
    withheld = Record.objects.filter(
        kind=kind, source_key=key, state=RecordState.PUBLISHED, facts__has_key=WITHHELD
    )
    rows = Amendment.objects.filter(kind=kind, submission_key=key)
    if rows.exists() and withheld.exists():
        empty(rows)
