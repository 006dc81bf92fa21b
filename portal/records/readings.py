"""The languages in which a record can be read, and what is said of each translation."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.common.phrases import LANGUAGE_NAMES, ORIGINAL_IN
from portal.publication.enums import TranslationKind, TranslationMaker
from portal.publication.models import Record, RecordTranslation
from portal.publication.queries import Reading


def readings_of(record: Record, shown: Reading, language: str) -> list[dict[str, Any]]:
    """Rows of `components/readings.html`: the original and each translation, where there is one. No query
    where translations are at hand.
    """
    rows = [row for row in record.translations.all() if row.language != record.language]
    return list(_readings(record, rows, shown, language)) if rows else []


def drafts_of(record: Record) -> frozenset[str]:
    """Languages in which a machine's words are all there is. No query where translations are at hand."""
    rows = record.translations.all()
    return frozenset(row.language for row in rows if row.kind == TranslationKind.MACHINE)


def made_words(shown: Reading) -> str:
    """Who made a translation, as a sentence; empty where nobody said so."""
    source = shown.source
    if shown.translation_kind == TranslationKind.MACHINE:
        return _("It was made with %(tool)s.") % {"tool": source} if source else ""
    if shown.made_by == TranslationMaker.SERVICE:
        return _("It was made by %(service)s.") % {"service": source}
    told = (
        {
            TranslationMaker.ORGANIZATION: _("The organization itself made it."),
            TranslationMaker.FOR_ORGANIZATION: _("The secretariat entered it for the organization."),
            TranslationMaker.SECRETARIAT: _("The secretariat made it."),
        }.get(TranslationMaker(shown.made_by))
        if shown.made_by
        else ""
    )
    return " ".join(filter(None, (told, _("Source: %(source)s.") % {"source": source} if source else "")))


def _readings(
    record: Record, rows: list[RecordTranslation], shown: Reading, language: str
) -> Iterator[dict[str, Any]]:
    own = any(row.language == language for row in rows)
    yield {
        "label": ORIGINAL_IN[record.language],
        "url": f"{record.path(language)}?original" if own else record.path(language),
        "lang": record.language,
        "is_current": not shown.is_translation,
    }
    for row in sorted(rows, key=lambda row: row.language):
        yield {
            "label": _label(record, row),
            "url": record.path(row.language),
            "lang": row.language,
            "is_current": shown.is_translation and shown.language == row.language,
        }


def _label(record: Record, row: RecordTranslation) -> str:
    """In the reader's language, such as "English (machine draft, not checked)"."""
    name, told = LANGUAGE_NAMES[row.language], []
    if row.kind == TranslationKind.MACHINE:
        told.append(_("machine draft, not checked"))
    if row.of_version != record.version:
        told.append(_("of an earlier version"))
    return f"{name} ({', '.join(told)})" if told else str(name)
