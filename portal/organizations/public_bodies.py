"""Which public organization a word means, by its number or one of its names; imports and forms ask it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.ids import parse_public_id, public_id
from portal.common.languages import CODES
from portal.organizations.directory import NameIndex
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind
from portal.publication.queries import NAME, published
from portal.tables.columns import short


@dataclass(frozen=True, slots=True)
class PublicBody:
    """The row of its record, whose it is, where it is and the type of organization it is."""

    pk: int
    key: UUID
    country: str
    type_code: str


class PublicBodies:
    """Read once, in one query, from the ledger; a name goes before an acronym or another name."""

    def __init__(self) -> None:
        self._by_pk: dict[int, PublicBody] = {}
        self._index = NameIndex[PublicBody]()
        rows = published(RecordKind.ORGANIZATION).select_related(None).order_by("pk")
        for pk, key, country, code, title, facts in rows.values_list(
            "pk", "source_key", "country", "type_code", "title", "facts"
        ):
            body = self._by_pk[pk] = PublicBody(pk, key, country, code)
            self._index.add(body, [title], other_names(facts))

    def find(self, word: str) -> tuple[PublicBody | None, str]:
        """The organization meant, or what is wrong with the word; an empty one is none."""
        matches = self.named(word)
        if len(matches) == 1:
            return matches[0], ""
        if matches:
            told = _("Several organizations have this name. Give the number of one: %(numbers)s.")
            return None, told % {"numbers": ", ".join(map(_number, matches))}
        told = _("No public organization is called “%(name)s”.")
        if parse_public_id(word):
            told = _("No public organization has the number %(name)s.")
        return None, told % {"name": short(word)} if word.strip() else ""

    def named(self, word: str) -> list[PublicBody]:
        parsed = parse_public_id(word)
        if parsed is not None and parsed[0] == _letter():
            return [self._by_pk[parsed[1]]] if parsed[1] in self._by_pk else []
        return self._index.called(word)


def organization_meant(word: str) -> tuple[Organization | None, str]:
    """For a form: the organization itself, or what is wrong with the word. Two queries."""
    body, reason = PublicBodies().find(word)
    return (Organization.objects.get(key=body.key) if body else None), reason


def _letter() -> str:
    return ledger_kind(RecordKind.ORGANIZATION).letter


def _number(body: PublicBody) -> str:
    number = public_id(_letter(), body.pk)
    return f"{number} ({body.country})" if body.country else number


def other_names(facts: dict[str, str]) -> list[str]:
    """Acronym, other names and names in other languages, as the organization's record tells them."""
    named = [facts.get(f"{NAME}{code}", "") for code in CODES]
    return [facts.get("acronym", ""), *facts.get("aliases", "").split(";"), *named]
