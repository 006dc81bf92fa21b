"""Public networks as rows of the read API and as a file; the API and the public views call it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from portal.networks.addresses import PublicList
from portal.networks.queries import PublicNetwork
from portal.tables.writing import FORMATS, table_response

COLUMNS = (
    "id",
    "kind",
    "title",
    "language",
    "acronym",
    "members",
    "presidency",
    "checked_on",
    "source",
    "themes",
    "framework",
    "website",
    "url",
)


def row_of(row: PublicNetwork, listed: PublicList, language: str) -> dict[str, Any]:
    """`presidency` is the number of the organization that has it today; null where nobody public has."""
    network = row.network
    return {
        "id": network.slug,
        "kind": network.kind,
        "title": network.name(language),
        "language": language,
        "acronym": network.acronym,
        "members": row.number,
        "presidency": row.presidency.public_id if row.presidency else None,
        "checked_on": network.checked_on.isoformat() if network.checked_on else None,
        "source": network.source,
        "themes": network.themes,
        "framework": network.framework,
        "website": network.website,
        "url": f"/{language}/{listed.name}/{network.slug}/",
    }


def export(rows: Iterable[PublicNetwork], form: str, listed: PublicList, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    if form not in FORMATS:
        raise Http404(form)
    lines = []
    for each in rows:
        row = row_of(each, listed, language)
        row |= {"themes": " ".join(row["themes"]), "url": f"{settings.SITE_URL}{row['url']}"}
        lines.append([row[name] for name in COLUMNS])
    return table_response(form, listed.name, COLUMNS, lines)
