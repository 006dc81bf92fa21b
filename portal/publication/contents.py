"""What a record says, made of its projection: allow-list, content of the digest, row; the verbs call it."""

from collections.abc import Sequence
from datetime import datetime

from portal.publication.enums import RecordState
from portal.publication.kinds import ACTION, CODE, QUESTION, WHOLE, NotAllowListed, ledger_kind
from portal.publication.models import Record
from portal.publication.projections import Link, Projection


def require_allowed(projection: Projection) -> None:
    """Raises `NotAllowListed` for a field or link that the kind does not declare."""
    kind, relations = ledger_kind(projection.kind), {link.relation for link in projection.links}
    texts = set(projection.texts).union(*(translated.texts for translated in projection.translations))
    kind.check(texts, set(projection.facts), relations)
    if later := relations & kind.later:
        raise NotAllowListed(f"{kind.kind}: {', '.join(sorted(later))} by set_later_links only")


def public_links(kind: str, links: Sequence[Link]) -> list[Link]:
    """The links without those to records that are not public. One query for each kind of target."""
    edges = ledger_kind(kind).edges
    targets = {edge.relation: edge.to for edge in edges if edge.to not in (QUESTION, ACTION, WHOLE, CODE)}
    public: set[tuple[str, str]] = set()
    for relation, target in targets.items():
        keys = [link.target for link in links if link.relation == relation]
        if keys:
            rows = Record.objects.filter(kind=target, state=RecordState.PUBLISHED, source_key__in=keys)
            public |= {(relation, str(key)) for key in rows.values_list("source_key", flat=True)}
    return [link for link in links if link.relation not in targets or (link.relation, link.target) in public]


def content_of(projection: Projection, links: Sequence[Link]) -> dict[str, object]:
    """What a version keeps and its digest counts; `links` are those whose targets are public."""
    return {
        "kind": projection.kind,
        "language": projection.language,
        "title": projection.title,
        "summary": projection.summary,
        "country": projection.country,
        "type": projection.type_code,
        "year": projection.year,
        "organization": str(projection.organization_key or ""),
        "texts": projection.texts,
        "facts": projection.facts,
        "links": [[link.relation, link.target] for link in links],
        "translations": [[t.language, t.title, t.texts] for t in projection.translations],
    }


def fill(record: Record, projection: Projection, organization: Record | None, now: datetime) -> None:
    """The row as its next version, not saved."""
    record.state, record.withdrawn_at, record.updated_at = RecordState.PUBLISHED, None, now
    record.merged_into, record.withdrawn_for = None, ""
    record.language, record.title, record.summary = projection.language, projection.title, projection.summary
    record.organization, record.type_code = organization, projection.type_code
    record.country, record.year = projection.country, projection.year
    record.texts, record.facts = projection.texts, projection.facts
    record.version += 1
