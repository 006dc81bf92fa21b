"""What search tells the apps above it."""

from django.dispatch import Signal

# Sent by the drain in the transaction that marks changes as done, after the index holds them:
# documents: list[IndexDocument], absent: list[str] (ids that are not public any more).
# A receiver only notes things in the database; what it raises is logged and does not stop the drain.
documents_indexed = Signal()
