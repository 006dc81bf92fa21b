"""What a row of a table says of a pledge, not stored yet; the whole room uses it."""

from dataclasses import dataclass, field

from portal.organizations.listing import ListedFields
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal, Party, Place


@dataclass(frozen=True, slots=True)
class Pledger:
    """Who pledges: an organization that is public here, or one that is listed when the row is stored."""

    organization: Organization | None = None
    listed: ListedFields | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A pledge as a row says it should be. `told`: the columns that the table has; the rest stays as it is.

    `raw` is the row as it stands in the file, by heading, and `where` its name; `digest` is that of its cells
    as they were understood; `notes` say what was made of it.
    """

    pledge: Pledge
    pledger: Pledger
    told: frozenset[str]
    outcomes: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()
    actions: tuple[str, ...] = ()
    goal: Goal | None = None
    raw: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    where: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """A row that says what it said when its pledge was last taken from it: nothing is to be done."""
