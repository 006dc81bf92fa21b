"""Sent inside the transaction that changes pages without saving them; receivers enqueue, they do no work.

`pages_changed(sender=model, keys=list[UUID])`: the translation keys of the pages.
"""

from django.dispatch import Signal

pages_changed = Signal()
