"""What the ledger tells reports: that the public record of a pledge has changed.

Connected when the app is ready. It works in the transaction of the change, so that no
report is read for longer than its pledge.
"""

from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.signals import record_changed
from portal.reports import domain


@receiver(record_changed, sender=Record, dispatch_uid="reports")
def follow_pledge(key: UUID, kind: str, state: str, is_new: bool, **kwargs: object) -> None:
    if kind == RecordKind.PLEDGE and not is_new:
        domain.follow_pledge(key, state, timezone.now())
