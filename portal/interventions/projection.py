"""What of an intervention becomes public, field by field; its type names it."""

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

from portal.interventions.models import Intervention
from portal.interventions.queries import question_keys, zone_of
from portal.publication.enums import RecordKind, Relation
from portal.publication.projections import Link, Projection, Translated, summary_of

TEXTS = ("body", "recommendations")


def project(intervention: Intervention) -> Projection:
    """The public face: no author, no reason, no receipt. At most two queries."""
    questions = question_keys(intervention)
    return Projection(
        kind=RecordKind.INTERVENTION,
        source_key=intervention.key,
        language=intervention.language,
        title=intervention.title,
        summary=summary_of(intervention.body),
        year=year_of(intervention, questions),
        country=intervention.country,
        type_code=intervention.organization.type_code,
        organization_key=intervention.organization.key,
        texts={"body": intervention.body, "recommendations": list(intervention.recommendations)},
        facts={"form": str(intervention.form)},
        links=tuple(Link(Relation.ANSWERS, str(key)) for key in questions),
        translations=tuple(_translated(row) for row in intervention.translations),
    )


def year_of(intervention: Intervention, questions: Sequence[UUID]) -> int:
    """The year in which it was submitted, by the clock of the consultation it answers, else by UTC."""
    at = intervention.submitted_at or intervention.created_at
    return at.astimezone(zone_of(questions) or UTC).year


def _translated(row: dict[str, object]) -> Translated:
    """A row of `Intervention.translations`: `{language, title, body, recommendations}`."""
    texts: dict[str, str | list[str]] = {
        "body": str(row.get("body", "")),
        "recommendations": [str(text) for text in row.get("recommendations", [])],  # type: ignore[attr-defined]
    }
    return Translated(language=str(row["language"]), title=str(row["title"]), texts=texts)
