"""Sent inside the transaction that changes the ledger; receivers enqueue, they do no work.

`record_changed(sender=Record, key=UUID, kind=str, state=str, is_new=bool)`: published, corrected or
withdrawn. `state` is the one that it is in now; nothing can hang on what is new.
`records_changed(sender=Record, keys=Sequence[UUID], kind=str)`: many of a kind were published for the first
time. Who follows one of both follows the other.
`words_gone(sender=Record, key=UUID, kind=str)`: what was public before may stand nowhere any more: passages
were left out, its author's name is withheld, or it was withdrawn.
"""

from django.dispatch import Signal

record_changed = Signal()
records_changed = Signal()
words_gone = Signal()
