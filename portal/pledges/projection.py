"""What of a pledge becomes public, field by field; its type names it."""

from datetime import UTC

from portal.pledges.models import Pledge
from portal.pledges.queries import outcomes_of, sources_of
from portal.publication.enums import Relation
from portal.publication.projections import Link, Projection
from portal.submissions.contents import public_face


def project(pledge: Pledge) -> Projection:
    """The public face. It names every intervention it follows from, public or not: see `ledger.publish`."""
    follows = [Link(Relation.FOLLOWS, str(key)) for key in sources_of(pledge)]
    serves = [Link(Relation.SERVES, outcome) for outcome in outcomes_of(pledge)]
    return public_face(
        pledge,
        year=year_of(pledge),
        text=pledge.description,
        texts={"description": pledge.description},
        facts={
            "external_id": pledge.external_id,
            "stage": str(pledge.stage),
            "forum": pledge.forum,
            "last_report_on": pledge.reported_on.isoformat() if pledge.reported_on else "",
        },
        links=(*follows, *serves),
    )


def year_of(pledge: Pledge) -> int:
    """That of its forum; of a pledge outside the forums that in which it was submitted, by UTC."""
    if pledge.forum.isdecimal():
        return int(pledge.forum)
    return (pledge.submitted_at or pledge.created_at).astimezone(UTC).year
