"""Sent inside the transaction that changes the ledger; receivers enqueue, they do no work.

`record_changed(sender=Record, key=UUID, kind=str)`: published, corrected or withdrawn.
`records_changed(sender=Record, keys=Sequence[UUID], kind=str)`: many of a kind were published for the first
time. Who follows one of both follows the other.
"""

from django.dispatch import Signal

record_changed = Signal()
records_changed = Signal()
