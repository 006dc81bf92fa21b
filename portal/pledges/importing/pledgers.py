"""Who pledges by a table's word, and who else is a party; rows ask it, storing lists who is new.

Who is not here becomes a listed organization where its type is known: from its row, another row of the
table, or a name that is a country's. Else it is a party by name of a pledge that another party keeps.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.common.countries import ELSEWHERE, UNION
from portal.common.errors import Incomplete
from portal.common.ids import parse_public_id
from portal.common.languages import DEFAULT
from portal.organizations.directory import Directory, spelling
from portal.organizations.enums import OrganizationState
from portal.organizations.listing import ListedFields, list_organization, unstorable
from portal.organizations.models import Organization
from portal.organizations.profile_fields import LONGEST_NAME
from portal.organizations.public_bodies import PublicBodies
from portal.organizations.states import IN_LEDGER
from portal.organizations.type_words import type_vocabulary
from portal.pledges.enums import PartyRole
from portal.pledges.importing.wanted import Pledger, Wanted
from portal.pledges.importing.words import PARTY_ROLES, parts_of
from portal.pledges.parts import Party
from portal.tables.columns import plain, short
from portal.tables.reading import Row
from portal.tables.report import Rejected
from portal.tables.vocabularies import COUNTRY_VOCABULARY, LANGUAGE_VOCABULARY
from portal.taxonomy.queries import organization_type_names

_WITH_ROLE = re.compile(r"(?P<name>.+?)\s*\((?P<role>[^()]*)\)", re.DOTALL)
_WAITING = (OrganizationState.SUBMITTED, OrganizationState.INFO_REQUESTED)
STATE = "state"
Refuse = Callable[[str, str], None]


class Pledgers:
    """The public organizations and those that wait, read once for a table."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._bodies = PublicBodies()
        self._by_key = {row.key: row for row in Organization.objects.filter(state__in=IN_LEDGER)}
        waiting = Organization.objects.filter(state__in=_WAITING).values_list("name", flat=True)
        self._waiting = {spelling(name) for name in waiting}
        self._listed: dict[str, Organization] = {}
        self._directory: Directory | None = None
        self.types = type_vocabulary()
        self._type_names = organization_type_names(get_language() or DEFAULT)
        self._types = {
            spelling(row.cells.get("organization", "")): code
            for row in reversed(rows)
            if (code := self.types.code_of(row.cells.get("organization_type", "")))
        }

    def parties(self, cell: str, refuse: Refuse) -> tuple[Party, ...]:
        """`Name (role); ...`: by number or name, else by the name alone."""
        named = []
        for word in parts_of(cell):
            match = _WITH_ROLE.fullmatch(word)
            role = PARTY_ROLES.code_of(match["role"]) if match else PartyRole.PARTNER.value
            if not role:
                refuse("parties", PARTY_ROLES.unknown(match["role"] if match else word))
                continue
            name = one_line(match["name"] if match else word)
            body, reason = self._bodies.find(name)
            if body is None and (self._bodies.named(name) or parse_public_id(name)):
                refuse("parties", reason)
            elif len(name) > LONGEST_NAME:
                refuse("parties", _("Shorten the name."))
            else:
                key = body.key if body else None
                named.append(Party(role, "" if key else name, key, is_from_source=True))
        return tuple(named)

    def pledger(
        self, row: Row, parties: tuple[Party, ...], refuse: Refuse
    ) -> tuple[Pledger | None, tuple[Party, ...], str]:
        """Who pledges, the parties as they are then, and a note on what was made of the name."""
        word = one_line(row.cells.get("organization", ""))
        body, reason = self._bodies.find(word)
        if body is not None and body.key in self._by_key:
            return Pledger(self._by_key[body.key]), parties, ""
        if not word:
            return None, parties, ""
        if self._bodies.named(word) or parse_public_id(word):
            refuse("organization", reason or _("This organization is not public any more."))
        elif spelling(word) in self._waiting:
            refuse("organization", _("An organization of this name asks to sign up. Decide on it first."))
        elif len(word) > LONGEST_NAME:
            refuse("organization", _("Shorten the name."))
        elif code := self._type_of(word):
            return self._to_be_listed(_listed_fields(word, code, row), parties, refuse)
        else:
            return self._kept_by_party(word, reason, parties, refuse)
        return None, parties, ""

    def _type_of(self, word: str) -> str:
        """What any row of the table says of that name; who is called like a country is a state."""
        country = COUNTRY_VOCABULARY.code_of(word)
        is_state = country not in ("", UNION, ELSEWHERE) and plain(word) != plain(country)
        code = self._types.get(spelling(word), "")
        return code or (STATE if is_state and STATE in self.types.labels else "")

    def _to_be_listed(
        self, fields: ListedFields, parties: tuple[Party, ...], refuse: Refuse
    ) -> tuple[Pledger | None, tuple[Party, ...], str]:
        if problems := unstorable(fields):
            refuse("organization", str(problems[0].message))
            return None, parties, ""
        told = _("“%(name)s” is not here yet and will be a listed organization (%(type)s).")
        names = {"name": short(fields.name), "type": self._type_names[fields.type_code]}
        return Pledger(listed=fields), parties, told % names

    def _kept_by_party(
        self, word: str, reason: str, parties: tuple[Party, ...], refuse: Refuse
    ) -> tuple[Pledger | None, tuple[Party, ...], str]:
        """The lead among the parties that are here keeps the pledge; who is not here is named as its lead."""
        known = [party for party in parties if party.organization in self._by_key]
        keeper = min(known, key=lambda party: party.role != PartyRole.LEAD, default=None)
        if keeper is None or keeper.organization is None:
            told = _(
                "Give its type in the column organization_type, or name a party that is here in the column "
                "parties."
            )
            refuse("organization", f"{reason} {told}")
            return None, parties, ""
        others = tuple(party for party in parties if party is not keeper)
        organization = self._by_key[keeper.organization]
        told = _(
            "“%(name)s” is not here and has no type: it is named as a party, and %(keeper)s keeps the pledge."
        )
        named = Party(PartyRole.LEAD.value, word, is_from_source=True)
        return (
            Pledger(organization),
            (named, *others),
            told % {"name": short(word), "keeper": organization.name},
        )

    def listed(self, wanted: Wanted, *, actor: Actor, now: datetime) -> Organization:
        """The organization that the row lists, listed once for the whole table. Raises `Rejected`."""
        fields = wanted.pledger.listed
        assert fields is not None  # noqa: S101  # reason: who is not here is listed
        name = spelling(fields.name)
        if name not in self._listed:
            self._directory = self._directory or Directory()
            self._listed[name] = _list(fields, self._directory, actor, now)
            self._directory.add(self._listed[name])
        return self._listed[name]

    def forget_what_was_undone(self) -> None:
        """Before each batch: what an undone one has listed is not there, and others may list too."""
        self._directory = None
        if self._listed:
            keys = Organization.objects.filter(pk__in=[row.pk for row in self._listed.values()])
            there = set(keys.values_list("key", flat=True))
            self._listed = {name: row for name, row in self._listed.items() if row.key in there}


def _list(fields: ListedFields, directory: Directory, actor: Actor, now: datetime) -> Organization:
    try:
        return list_organization(fields=fields, directory=directory, actor=actor, now=now)
    except Incomplete as refusal:
        raise Rejected("organization", str(refusal.problems[0].message)) from refusal


def _listed_fields(name: str, type_code: str, row: Row) -> ListedFields:
    """A state is in the country that it is called like, everybody else in that of the row."""
    country = COUNTRY_VOCABULARY.code_of(name) or COUNTRY_VOCABULARY.code_of(row.cells.get("country", ""))
    language = LANGUAGE_VOCABULARY.code_of(row.cells.get("language", "")) or DEFAULT
    return ListedFields(name=name, type_code=type_code, language=language, country=country)
