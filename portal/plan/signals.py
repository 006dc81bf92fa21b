"""Sent inside the transaction that changes nodes of a framework; receivers enqueue, they do no work.

`nodes_changed(sender=PlanNode, keys=tuple[str, ...])`: titles, places or a retirement.
"""

from django.dispatch import Signal

nodes_changed = Signal()
