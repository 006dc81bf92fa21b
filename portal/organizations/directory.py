"""Organizations by the names they go by; imports, forms and the verbs of listing ask it."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.common.collation import alphabetical
from portal.common.countries import ELSEWHERE
from portal.common.errors import WrongState
from portal.common.folding import folded
from portal.organizations.models import Organization
from portal.organizations.states import IN_LEDGER

Named = TypeVar("Named")
# They stand for no single country, so that they agree with each.
_NO_COUNTRY = frozenset({"", ELSEWHERE})


class NameIndex(Generic[Named]):
    """What goes by names, in any spelling; its own names go before its other ones."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Named]] = defaultdict(list)
        self._by_alias: dict[str, list[Named]] = defaultdict(list)

    def add(self, row: Named, names: Iterable[str], aliases: Iterable[str]) -> None:
        own = _spellings(names)
        for name in own:
            self._by_name[name].append(row)
        for name in _spellings(aliases) - own:
            self._by_alias[name].append(row)

    def called(self, name: str, fits: Callable[[Named], bool] = lambda row: True) -> list[Named]:
        """Those of that name that fit; by another name where none is called so."""
        for known in (self._by_name, self._by_alias):
            rows = [row for row in known.get(spelling(name), ()) if fits(row)]
            if rows:
                return rows
        return []


class Directory:
    """Those whose page is public, read once in one query. Drafts are nobody's business here."""

    def __init__(self) -> None:
        self._index = NameIndex[Organization]()
        for row in Organization.objects.filter(state__in=IN_LEDGER).order_by("pk"):
            self.add(row)

    def add(self, row: Organization) -> None:
        """One that has become public since."""
        self._index.add(row, _names(row), row.other_names)

    def named(self, name: str, country: str = "") -> list[Organization]:
        """Those of that name which may be in that country, where there are any the ones that are."""
        rows = self._index.called(name, lambda row: agree(row.country, country))
        return [row for row in rows if row.country == country] or rows

    def taken(self, name: str, country: str, own: Organization | None) -> str:
        """That another one goes by the name there, in words; empty where it is free."""
        others = [row for row in self.named(name, country) if row != own]
        told = _("There is a public organization of this name: %(name)s.")
        return told % {"name": others[0].name} if others else ""


def require_free(name: str, country: str, organization: Organization) -> None:
    """Raises `WrongState` where another public organization goes by the name there. One query."""
    if told := Directory().taken(name, country, organization):
        raise WrongState(told)


def named_like(rows: QuerySet[Organization], words: str) -> Sequence[Organization] | QuerySet[Organization]:
    """Those with these words in one of their names, all without words; by name. One query."""
    ordered, sought = rows.order_by(alphabetical("name"), "pk"), spelling(words)
    if not sought:
        return ordered
    return [
        row
        for row in ordered
        if any(sought in spelling(name) for name in (row.name, row.acronym, *row.other_names))
    ]


def is_called(organization: Organization, name: str) -> bool:
    """Whether that is its name, or was when a table last told it; not another name of it."""
    return spelling(name) in _spellings(_names(organization))


def spelling(name: str) -> str:
    """One form for all spellings of a name, also of one that holds what nobody sees."""
    seen = "".join(letter for letter in name if unicodedata.category(letter) != "Cf")
    return folded(" ".join(seen.split()))


def distinct(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Other names: each once, in their order, without the name itself."""
    kept: dict[str, str] = {}
    for each in names:
        if spelling(each) not in {spelling(name), ""}:
            kept.setdefault(spelling(each), each)
    return tuple(kept.values())


def _names(organization: Organization) -> tuple[str, str]:
    return organization.name, str(organization.imported.get("name", ""))


def _spellings(names: Iterable[str]) -> set[str]:
    return {spelling(name) for name in names} - {""}


def agree(one: str, other: str) -> bool:
    """Whether what is in these countries may be the same."""
    return one == other or one in _NO_COUNTRY or other in _NO_COUNTRY
