"""What the ledger tells pledges: that interventions have become public or have changed in public.

Connected when the app is ready. It works in the transaction of the change, so that no name is told meanwhile.
"""

from collections.abc import Sequence
from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from portal.pledges.unnamed import without_sources
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.publication.signals import record_changed, records_changed


@receiver(record_changed, sender=Record, dispatch_uid="pledges")
def follow_intervention(key: UUID, kind: str, state: str, **kwargs: object) -> None:
    if kind == RecordKind.INTERVENTION and state == RecordState.PUBLISHED:
        without_sources([key], timezone.now())


@receiver(records_changed, sender=Record, dispatch_uid="pledges")
def follow_interventions(keys: Sequence[UUID], kind: str, **kwargs: object) -> None:
    if kind == RecordKind.INTERVENTION:
        without_sources(keys, timezone.now())
