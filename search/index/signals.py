"""What search tells the apps above it."""

from collections.abc import Callable, Hashable
from typing import Any

from django.db import transaction
from django.dispatch import Signal


class SignalInSavepoints(Signal):
    """Each receiver works in a savepoint: what one wrote before it failed goes, the others' notes stay."""

    def connect(
        self,
        receiver: Callable[..., Any],
        sender: object | None = None,
        weak: bool = False,
        dispatch_uid: Hashable | None = None,
    ) -> None:
        inside = transaction.atomic(receiver)
        super().connect(inside, sender, weak=False, dispatch_uid=dispatch_uid or id(receiver))

    def disconnect(
        self,
        receiver: Callable[..., Any] | None = None,
        sender: object | None = None,
        dispatch_uid: Hashable | None = None,
    ) -> bool:
        return super().disconnect(receiver, sender, dispatch_uid or id(receiver))


# Sent by the drain in the transaction that marks changes as done, after the index holds them:
# documents: list[IndexDocument], absent: list[str] (ids that are not public any more).
# A receiver only notes things in the database; what it raises is logged and does not stop the drain.
documents_indexed = SignalInSavepoints()
