"""What every section of a pack is made from."""

from dataclasses import dataclass
from datetime import datetime

from portal.followup.pack.held import Held
from portal.followup.pack.names import Names


@dataclass(frozen=True, slots=True)
class View:
    """`sha256` is that of the file that was counted, `counted_at` when it was made.

    `is_provisional`: the cycle is not frozen, and the file is no snapshot. `bodies` and `types` by slug and
    code; `address` is the cycle's page with the site.
    """

    held: Held
    names: Names
    language: str
    title: str
    days: str
    counted_at: datetime
    sha256: str
    is_provisional: bool
    address: str
    bodies: dict[str, str]
    types: dict[str, str]
