"""Sent inside the transaction that changes the ledger; receivers enqueue, they do no work.

`record_changed(sender=Record, key=UUID, kind=str)`: published, corrected or withdrawn.
"""

from django.dispatch import Signal

record_changed = Signal()
