"""What readers are told of a joint statement: for whom it speaks and who signed it, on pages of both sides.

The ledger keeps numbers and keys of who signed; of one whose name is withheld the category alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.actors import Actor
from portal.common.ids import parse_public_id
from portal.joint.enums import SignatureState
from portal.joint.models import Signature
from portal.joint.queries import signatures_of, statement_of
from portal.networks.addresses import path_of
from portal.networks.queries import public_network
from portal.organizations.categories import category_of
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.authors import category_words
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import CODE, Edge
from portal.publication.models import Record
from portal.publication.projections import Link, Projection
from portal.publication.queries import linking_to, name_of, published, targets, titled, with_link
from portal.records.filters import HiddenFilter
from portal.records.parts import more_than
from portal.records.trace_links import foreign
from portal.records.types import Badge, Block, Shown
from portal.submissions.models import Submission
from portal.submissions.queries import content_of, version_read
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.tables.codebook import Columns, Holds, Meaning

FACTS = ("on_behalf_of", "signatories", "signatories_withheld")
EDGE = Edge(Relation.SIGNED_BY, CODE)
# So many are named on the page of an organization.
NAMED = 30
NOT_JOINT = gettext_lazy("nobody but its organization")
COLUMNS: Columns = (
    Meaning(
        "on_behalf_of",
        gettext_lazy("Slug of the network for which it speaks"),
        Holds.CODE,
        empty=gettext_lazy("no network"),
    ),
    Meaning(
        "signatories",
        gettext_lazy("Numbers of the organizations that signed it"),
        Holds.NUMBERS,
        empty=NOT_JOINT,
    ),
    Meaning(
        "signatories_withheld",
        gettext_lazy("Categories of organizations that signed it and whose names are withheld"),
        Holds.CODES,
        empty=gettext_lazy("none"),
    ),
)


def joint_part(row: Any) -> tuple[dict[str, str], list[Link]]:
    """Facts and links of its public face: who signed what was submitted last, and is public by now.

    Nothing of what is no joint statement, without a query.
    """
    if not row.is_joint:
        return {}, []
    statement = statement_of(row)
    network = statement.network if statement else None
    signed = _named(row)
    keys = [each.key for each in signed if not each.is_protected]
    numbers = _numbers(keys)
    facts = {
        "on_behalf_of": network.slug if network and network.is_public else "",
        "signatories": " ".join(numbers[key] for key in keys if key in numbers),
        "signatories_withheld": " ".join(category_of(each) for each in signed if each.is_protected),
    }
    links = [Link(Relation.SIGNED_BY, str(key)) for key in keys if key in numbers]
    return {name: value for name, value in facts.items() if value}, links


def _named(row: Submission) -> list[Organization]:
    """Those that the receipt of what is public, or waits, names."""
    content = content_of(version_read(row)) or {}
    keys = {each["signature"] for each in content.get("signatories", ())}
    rows = [each for each in signatures_of(row) if str(each.key) in keys]
    return [each.organization for each in rows if each.state == SignatureState.SIGNED]


def _numbers(keys: Iterable[UUID]) -> dict[UUID, str]:
    rows = published(RecordKind.ORGANIZATION).filter(source_key__in=list(keys))
    return {row.source_key: row.public_id for row in rows}


def listed(facts: Mapping[str, Any], name: str) -> list[str]:
    return str(facts.get(name, "")).split()


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """For the API and exports; the same names for every row. No query."""
    return {
        "on_behalf_of": record.facts.get("on_behalf_of", ""),
        "signatories": listed(record.facts, "signatories"),
        "signatories_withheld": listed(record.facts, "signatories_withheld"),
    }


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """That others stand behind it, with its author. No query."""
    number = sum(len(listed(record.facts, name)) for name in FACTS[1:]) + 1
    if number == 1:
        return ()
    told = ngettext(
        "Joint statement of %(number)s organization", "Joint statement of %(number)s organizations", number
    )
    return (Badge(told % {"number": number}),)


def words(record: Record) -> str:
    """Names of who signed it, for the search. One query, none of what nobody signed."""
    return "; ".join(row.title for row in _signed_by(record))


def joint_rows(shown: Shown) -> list[dict[str, Any]]:
    """For whom it speaks. One query, none of any other."""
    slug = shown.record.facts.get("on_behalf_of")
    network = public_network(slug) if slug else None
    if network is None:
        return []
    link = {"label": network.name(shown.language), "url": path_of(network)}
    return [{"term": _("On behalf of the network"), "links": [link]}]


def _signatories(shown: Shown) -> dict[str, Any]:
    rows = [_row(row, shown.language) for row in _signed_by(shown.record)]
    withheld = listed(shown.record.facts, "signatories_withheld")
    rows += [{"label": category_words(code), "url": "", "lang": "", "note": ""} for code in withheld]
    return {"anchor": "signatories", "title": _("Signed by"), "rows": rows}


def _signed_by(record: Record) -> list[Record]:
    """Public records of who signed, in the order of the authors."""
    if not record.facts.get("signatories"):
        return []
    keys = targets(record, Relation.SIGNED_BY)
    rows = published(RecordKind.ORGANIZATION).filter(source_key__in=keys).prefetch_related("translations")
    known = {str(row.source_key): row for row in rows}
    return [known[key] for key in keys if key in known]


def _row(record: Record, language: str) -> dict[str, Any]:
    title, called_in = name_of(record, language)
    return {
        "label": title,
        "url": record.path(language),
        "lang": foreign(called_in, language),
        "note": "",
    }


def signed_by_it(shown: Shown) -> dict[str, Any]:
    """On an organization's page: the texts of others that it signed. Two queries."""
    rows = linking_to(Relation.SIGNED_BY, [shown.record.source_key]).prefetch_related("translations")
    told = [_text_row(row, shown.language) for row in rows[: NAMED + 1]]
    number = rows.count() if len(told) > NAMED else len(told)
    return {
        "anchor": "signed",
        "title": _("Texts of others that it signed"),
        "rows": told[:NAMED],
        "more": more_than(min(number, NAMED), number),
    }


def _text_row(record: Record, language: str) -> dict[str, Any]:
    title, spoken = titled(record, language)
    return {
        "label": title,
        "url": record.path(language),
        "lang": foreign(spoken, language),
        "note": record.author_in(language),
    }


SIGNATORIES = Block("joint/signatories.html", _signatories)
SIGNED = Block("joint/signatories.html", signed_by_it)


class SignatoryNumber(HiddenFilter):
    """What an organization signed, by its number."""

    pattern = r"O-[0-9]{1,9}"
    description = "Number of an organization that signed it, such as O-00007."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        if not value:
            return qs
        parsed = parse_public_id(value)
        pk = parsed[1] if parsed and parsed[0] == "O" else 0
        keys = published(RecordKind.ORGANIZATION).filter(pk=pk).values_list("source_key", flat=True)
        return with_link(qs, Relation.SIGNED_BY, list(keys))


def without_signatory(face: Projection, key: UUID) -> Projection:
    """The same with a category in the place of the organization with this key, whose name is withheld now."""
    own = Link(Relation.SIGNED_BY, str(key))
    if own not in face.links:
        return face
    row = Organization.objects.get(key=key)
    rest = {name: value for name, value in face.facts.items() if name not in FACTS[1:]}
    numbers = {str(record) for record in _numbers_ever(key)}
    signed = [number for number in listed(face.facts, "signatories") if number not in numbers]
    withheld = [*listed(face.facts, "signatories_withheld"), category_of(row)]
    told = {"signatories": " ".join(signed), "signatories_withheld": " ".join(sorted(withheld))}
    links = tuple(link for link in face.links if link != own)
    return replace(face, facts=rest | {name: value for name, value in told.items() if value}, links=links)


def _numbers_ever(key: UUID) -> list[str]:
    rows = Record.objects.filter(kind=RecordKind.ORGANIZATION, source_key=key)
    return [row.public_id for row in rows]


def name_signatories_again(organization: Organization, actor: Actor, now: datetime) -> None:
    """What it signed says its name once that is no longer withheld."""
    if organization.is_protected:
        return
    rows = Signature.objects.filter(organization=organization, state=SignatureState.SIGNED)
    for signature in rows.select_related("statement").order_by("pk"):
        of = submission_type(signature.statement.kind)
        texts = of.model._default_manager.filter(
            key=signature.statement.submission_key, state=SubmissionState.PUBLISHED
        )
        for text in texts.select_related("organization"):
            ledger.publish(of.project(text), actor=actor, now=now)
