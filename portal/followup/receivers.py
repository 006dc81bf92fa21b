"""What the ledger tells the follow-up: that the public record of a pledge has changed.

Connected when the app is ready. It works in the transaction of the change, so that no assessment is read for
longer than its pledge.
"""

from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from portal.followup.assessing import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.signals import record_changed


@receiver(record_changed, sender=Record, dispatch_uid="followup")
def follow_pledge(key: UUID, kind: str, **kwargs: object) -> None:
    if kind == RecordKind.PLEDGE:
        domain.follow_pledge(key, timezone.now())
