"""What of a record may still be said where its author's name is withheld; apps call it before publishing."""

from dataclasses import replace

from portal.publication.authors import category_country, category_type
from portal.publication.enums import Relation
from portal.publication.kinds import WITHHELD, ledger_kind
from portal.publication.projections import Link, Projection


def veiled(face: Projection, category: str) -> Projection:
    """The same without its author: type and country no narrower than the category, no fact that tells who;
    without translations too.
    """
    kind, country = ledger_kind(face.kind), category_country(category)
    said = {name: value for name, value in face.facts.items() if name not in kind.who}
    places = {name: _within(said[name], country) for name in kind.where if name in said}
    return replace(
        face,
        organization_key=None,
        translations=(),
        type_code=category_type(category),
        country=face.country if face.country == country else "",
        facts=said | places | {WITHHELD: category},
        links=tuple(link for link in face.links if not _tells_place(link, country)),
    )


def _within(codes: str, country: str) -> str:
    """Of codes such as `CR NI` or `CR:origin NI:transit` those of the country."""
    return " ".join(code for code in codes.split() if country and code.partition(":")[0] == country)


def _tells_place(link: Link, country: str) -> bool:
    return link.relation == Relation.CARRIED_OUT_IN and link.target != country
