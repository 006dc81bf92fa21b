"""What stands in the desk's navigation: each app declares its own as `desk_places` of its AppConfig.

The desk's templates ask here, so that they name no app above them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from portal.common.declarations import declared


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """`url_name` of a page without arguments; `is_account`: about the person, beside "Sign out"."""

    label: str | Promise
    url_name: str
    is_account: bool = False


def desk_places() -> tuple[DeskPlace, ...]:
    """Those of all installed apps, the highest app first."""
    return declared("desk_places")[::-1]
