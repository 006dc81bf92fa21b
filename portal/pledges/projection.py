"""What of a pledge is handed in and what becomes public, field by field; its domain verbs use it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind, Relation
from portal.publication.projections import Link, Projection, summary_of


def handed_in(pledge: Pledge, outcomes: Sequence[str], sources: Sequence[UUID]) -> dict[str, object]:
    """What a receipt's digest is made of."""
    return {
        "kind": "pledge",
        "key": str(pledge.key),
        "organization": str(pledge.organization.key),
        "external_id": pledge.external_id,
        "forum": pledge.forum,
        "stage": str(pledge.stage),
        "language": pledge.language,
        "country": pledge.country,
        "title": pledge.title,
        "description": pledge.description,
        "outcomes": list(outcomes),
        "interventions": [str(key) for key in sources],
    }


def project(
    pledge: Pledge, outcomes: Sequence[str], sources: Sequence[UUID], public: Collection[UUID]
) -> Projection:
    """The public face. Of the interventions it follows from it names those that are `public` themselves."""
    follows = [Link(Relation.FOLLOWS, str(key)) for key in sources if key in public]
    serves = [Link(Relation.SERVES, outcome) for outcome in outcomes]
    return Projection(
        kind=RecordKind.PLEDGE,
        source_key=pledge.key,
        language=pledge.language,
        title=pledge.title,
        summary=summary_of(pledge.description),
        year=pledge.submitted_at.year if pledge.submitted_at else pledge.created_at.year,
        country=pledge.country,
        type_code=pledge.organization.type_code,
        organization_key=pledge.organization.key,
        texts={"description": pledge.description},
        facts={
            "external_id": pledge.external_id,
            "stage": str(pledge.stage),
            "forum": pledge.forum,
            "reported_on": pledge.submitted_at.date().isoformat() if pledge.submitted_at else "",
        },
        links=(*follows, *serves),
    )
