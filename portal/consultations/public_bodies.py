"""Public organizations by number, name, acronym and other names; imports and the admin's forms ask it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.common.ids import parse_public_id
from portal.organizations.directory import spelling
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind
from portal.publication.queries import published
from portal.tables.columns import short


@dataclass(frozen=True, slots=True)
class PublicBody:
    """The row of its record, its title and the type of organization it is."""

    pk: int
    title: str
    type_code: str


@dataclass(slots=True)
class PublicBodies:
    """Read once, in one query; a name goes before an acronym or another name."""

    by_pk: dict[int, PublicBody] = field(default_factory=dict)
    names: dict[str, list[PublicBody]] = field(default_factory=lambda: defaultdict(list))
    others: dict[str, list[PublicBody]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls) -> "PublicBodies":
        known = cls()
        rows = published(RecordKind.ORGANIZATION).select_related(None).order_by("pk")
        for pk, title, code, facts in rows.values_list("pk", "title", "type_code", "facts"):
            body = known.by_pk[pk] = PublicBody(pk, title, code)
            known.names[spelling(title)].append(body)
            also = {spelling(name) for name in _others(facts)} - {spelling(title)}
            for name in also:
                known.others[name].append(body)
        return known

    def find(self, word: str) -> tuple[PublicBody | None, str]:
        """The organization meant, or what is wrong with the word; an empty one is none."""
        if not word.strip():
            return None, ""
        parsed = parse_public_id(word.strip())
        if parsed is not None and parsed[0] == ledger_kind(RecordKind.ORGANIZATION).letter:
            matches = [self.by_pk[parsed[1]]] if parsed[1] in self.by_pk else []
        else:
            matches = self.names.get(spelling(word)) or self.others.get(spelling(word), [])
        if len(matches) == 1:
            return matches[0], ""
        if matches:
            return None, _("Several organizations have this name. Give the number, such as O-00007.")
        told = _("No public organization is called “%(name)s”. List it first, or leave the cell empty.")
        return None, told % {"name": short(word)}


def _others(facts: dict[str, str]) -> list[str]:
    """Acronym and other names, as the organization's record tells them."""
    names = [facts.get("acronym", ""), *facts.get("aliases", "").split(";")]
    return [name for name in names if name.strip()]
