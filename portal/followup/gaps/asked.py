"""What a reader narrows the gaps to; pages, files, feeds and the API take the same."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

COUNTRY, TYPE, ACTION, CONSULTATION, MECHANISM = "country", "type", "action", "consultation", "mechanism"
NAMES = (COUNTRY, TYPE, ACTION, CONSULTATION, MECHANISM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Codes of a country and a type of organization, the key of a part of a plan, the slugs of a consultation
    and of a mechanism; each empty for everything."""

    country: str = ""
    type: str = ""
    action: str = ""
    consultation: str = ""
    mechanism: str = ""

    @property
    def query(self) -> dict[str, str]:
        """As an address carries it."""
        return {name: value for name, value in asdict(self).items() if value}

    def only(self, names: Collection[str]) -> "Asked":
        return Asked(**{name: value for name, value in self.query.items() if name in names})


EVERYTHING = Asked()
