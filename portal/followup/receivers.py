"""What the ledger and the admin tell the follow-up: a record has changed, a cycle is to be deleted.

Connected when the app is ready. It works in the transaction of the change, so that no assessment is read for
longer than its pledge, and no observation for longer than what it is about.
"""

from uuid import UUID

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.errors import WrongState
from portal.followup.assessing.domain import follow_pledge
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.followup.observing.domain import follow_record
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.signals import record_changed


@receiver(record_changed, sender=Record, dispatch_uid="followup")
def follow(key: UUID, kind: str, state: str, is_new: bool, **kwargs: object) -> None:
    if is_new:
        return
    if kind == RecordKind.PLEDGE:
        follow_pledge(key, state, timezone.now())
    if kind != RecordKind.OBSERVATION:
        follow_record(kind, key, state, timezone.now())


@receiver(pre_delete, sender=ReviewCycle, dispatch_uid="followup.cycle")
def keep_cycle(instance: ReviewCycle, **kwargs: object) -> None:
    """Reports and snapshots name a cycle for good. Raises `WrongState` for one that was opened."""
    if instance.state != CycleState.PLANNED:
        raise WrongState(_("Only a review cycle that was never opened can be deleted."))
