"""Sent inside the transaction that changes the library; receivers enqueue, they do no work.

`document_changed(sender=LibraryDocument, key=str)`: added, described anew or withdrawn. `key` is the
public id.
"""

from django.dispatch import Signal

document_changed = Signal()
