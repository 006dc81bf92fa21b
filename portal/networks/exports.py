"""Public networks as rows of the read API and as a file; the API and the public views call it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.networks.addresses import PublicList
from portal.networks.enums import NetworkKind
from portal.networks.queries import PublicNetwork
from portal.records.columns import LANGUAGES
from portal.tables.codebook import Columns, Holds, Meaning, codes_of
from portal.tables.writing import table_response

NONE_KNOWN = _("none is known")
COLUMNS: Columns = (
    Meaning("id", _("Last part of its address"), Holds.NUMBER),
    Meaning("kind", _("What kind of network it is"), Holds.CODE, codes=codes_of(NetworkKind)),
    Meaning("title", _("Name in the reader’s language, else in another")),
    Meaning("language", _("Language of the page that the row leads to"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("acronym", _("Short name"), empty=NONE_KNOWN),
    Meaning("members", _("Public organizations that belong to it today"), Holds.WHOLE, _("organizations")),
    Meaning("presidency", _("Organization that presides today"), Holds.NUMBER, empty=NONE_KNOWN),
    Meaning(
        "checked_on", _("Day on which its facts were checked"), Holds.DAY, empty=_("nobody has checked them")
    ),
    Meaning("source", _("Where its facts come from"), empty=_("no source is named")),
    Meaning("themes", _("Parts of a plan that it works on"), Holds.NUMBERS, empty=_("none is named")),
    Meaning("framework", _("Framework of its own"), Holds.NUMBER, empty=_("it has none")),
    Meaning("website", _("Its website"), Holds.ADDRESS, empty=NONE_KNOWN),
    Meaning("url", _("Its page"), Holds.ADDRESS),
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
    lines = []
    for each in rows:
        row = row_of(each, listed, language)
        row |= {"themes": " ".join(row["themes"]), "url": f"{settings.SITE_URL}{row['url']}"}
        lines.append([row[each.column] for each in COLUMNS])
    return table_response(form, listed.name, COLUMNS, lines)
