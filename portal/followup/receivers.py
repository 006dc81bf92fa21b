"""What the ledger tells the follow-up: that a public record has changed.

Connected when the app is ready. It works in the transaction of the change, so that no assessment is read for
longer than its pledge, and no observation for longer than what it is about.
"""

from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from portal.followup.assessing.domain import follow_pledge
from portal.followup.observing.domain import follow_record
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.signals import record_changed


@receiver(record_changed, sender=Record, dispatch_uid="followup")
def follow(key: UUID, kind: str, **kwargs: object) -> None:
    if kind == RecordKind.PLEDGE:
        follow_pledge(key, timezone.now())
    if kind != RecordKind.OBSERVATION:
        follow_record(kind, key, timezone.now())
