"""What is done once a transaction is committed, and may fail by itself."""

from collections.abc import Callable

from django.db import transaction


def after_commit(do: Callable[..., object], *given: object) -> None:
    """Call it with these after the commit; where it fails that is logged, and everything else goes on.

    Django names what failed, which a `partial` cannot be.
    """

    def later() -> None:
        do(*given)

    transaction.on_commit(later, robust=True)
