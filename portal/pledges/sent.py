"""The content of a pledge's receipt, and how it is stored and read; its type names these functions."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.common.reviews import Field, Link, Reader
from portal.interventions.models import Intervention
from portal.pledges.drafts import PledgeFields
from portal.pledges.enums import ReportedStage
from portal.pledges.models import Pledge, PledgeIntervention, PledgeOutcome
from portal.pledges.queries import Linked, linkable_interventions
from portal.submissions.contents import COUNTRY, LANGUAGE, TITLE, identity
from portal.submissions.queries import submitted_contents
from portal.submissions.types import submission_type
from portal.taxonomy.enums import Outcome


def sent(pledge: Pledge, related: Linked) -> dict[str, object]:
    """What a receipt's digest is made of."""
    return identity(pledge) | {
        "external_id": pledge.external_id,
        "forum": pledge.forum,
        "stage": str(pledge.stage),
        "description": pledge.description,
        "outcomes": list(related.outcomes),
        "interventions": [str(key) for key in related.sources],
    }


def replace(pledge: Pledge, fields: PledgeFields) -> None:
    if fields.outcomes is not None:
        replace_outcomes(pledge, fields.outcomes)
    if fields.intervention_keys is not None:
        _replace_sources(pledge, fields.intervention_keys)


def replace_outcomes(pledge: Pledge, outcomes: Sequence[str]) -> None:
    pledge.outcomes.all().delete()
    PledgeOutcome.objects.bulk_create(
        PledgeOutcome(pledge=pledge, outcome=outcome) for outcome in dict.fromkeys(outcomes)
    )


def _replace_sources(pledge: Pledge, keys: Sequence[UUID]) -> None:
    """Only the organization's own interventions, and only those submitted."""
    allowed = set(linkable_interventions(pledge.organization_id).values_list("key", flat=True))
    pledge.sources.all().delete()
    PledgeIntervention.objects.bulk_create(
        PledgeIntervention(pledge=pledge, intervention_key=key)
        for key in dict.fromkeys(keys)
        if key in allowed
    )


def _stage(code: str) -> object:
    return dict(ReportedStage.choices).get(code, code)


def _outcomes(codes: Sequence[str]) -> str:
    labels = dict(Outcome.choices)
    return " · ".join(str(labels.get(code, code)) for code in codes)


def _sources(keys: Sequence[str], reader: Reader) -> tuple[Link, ...]:
    """To its author's own pages; a moderator reads the titles as they were submitted."""
    if reader.is_review:
        said = submitted_contents("intervention", keys)
        return tuple(Link(str(row["title"]), "", str(row["language"])) for row in said)
    rows = Intervention.objects.filter(key__in=keys).only("title", "language", "key").order_by("submitted_at")
    address = submission_type("intervention").address
    return tuple(Link(str(row), address("detail", row.key), row.language) for row in rows)


FIELDS = (
    TITLE,
    Field("external_id", _("Number of the pledge")),
    Field("forum", _("Global Refugee Forum")),
    Field("stage", _("Current state"), words=_stage),
    COUNTRY,
    LANGUAGE,
    Field("outcomes", _("Outcomes it serves"), words=_outcomes),
    Field("interventions", _("Follows from"), links=_sources),
    Field("description", _("Description"), is_text=True),
)
