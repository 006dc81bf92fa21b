"""What a pledge's page says of help that two organizations confirmed; the app's configuration declares it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.matching.public_pages import both_say
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, published, targets, titled
from portal.records.trace_links import foreign
from portal.records.types import Block, Shown


def _context(shown: Shown) -> dict[str, Any]:
    """Two queries where there is help, else none."""
    record = shown.record
    ends = {name: targets(record, name) for name in (Relation.HELPS, Relation.HELPED_BY)}
    keys = [key for keys in ends.values() for key in keys]
    rows = in_language(published(RecordKind.PLEDGE).filter(source_key__in=keys), shown.language)
    known = {str(row.source_key): row for row in rows} if keys else {}
    helps = [known[key] for key in ends[Relation.HELPS] if key in known]
    helped = [known[key] for key in ends[Relation.HELPED_BY] if key in known]
    return {
        "needs": bool(record.facts.get("needs")),
        "every": f"{reverse('matching:list')}?pledge={record.public_id}",
        "helps": [_row(row, both_say(record, row), shown.language) for row in helps],
        "helped": [_row(row, both_say(row, record), shown.language) for row in helped],
        "helps_title": _("Pledges that it helps"),
        "helped_title": _("Pledges that help it"),
    }


def _row(record: Record, note: str, language: str) -> dict[str, Any]:
    title, spoken = titled(record, language)
    return {
        "label": title,
        "url": record.path(language),
        "lang": foreign(spoken, language),
        "note": note,
    }


HELP = Block("matching/of_pledge.html", _context)
