"""Public pledges name an intervention only while it is public; connected when the app is ready."""

from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from portal.common.actors import system
from portal.pledges.domain import refresh_links
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.signals import record_changed


@receiver(record_changed, sender=Record)
def follow_interventions(sender: type[Record], key: UUID, kind: str, **kwargs: object) -> None:
    if kind == RecordKind.INTERVENTION:
        refresh_links(key, actor=system("ledger"), now=timezone.now())
