"""What the ledger tells: that a record has changed, so that no file is read for longer than its record."""

from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from portal.attachments.domain import follow_record
from portal.publication.models import Record
from portal.publication.signals import record_changed


@receiver(record_changed, sender=Record, dispatch_uid="attachments")
def follow(key: UUID, kind: str, is_new: bool, **kwargs: object) -> None:
    if not is_new:
        follow_record(kind, key, timezone.now())
