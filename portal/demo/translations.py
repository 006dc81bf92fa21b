"""Enters the demo's pages into the translation tool, so that editors meet them as finished translations."""

from collections.abc import Iterable

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.common.languages import CODES, DEFAULT
from portal.demo.tree import Pages, locales


def enter(trees: Iterable[Pages]) -> int:
    """Each page's original as a source, each translation with all its strings. The number of translations."""
    by_code, entered = locales(), 0
    for pages in trees:
        source, _created = TranslationSource.get_or_create_from_instance(pages[DEFAULT])
        segments = list(StringSegment.objects.filter(source=source).select_related("context"))
        for code in CODES:
            if code != DEFAULT:
                _translate(source, segments, pages[code], by_code[code])
                entered += 1
    return entered


def _translate(source: TranslationSource, segments: list[StringSegment], page: Page, locale: Locale) -> None:
    """Pairs the strings of source and page by the place they stand in."""
    Translation.objects.create(source=source, target_locale=locale)
    strings = {
        (segment.path, segment.order): segment.string.data
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    }
    rows = {
        (segment.string_id, segment.context_id): StringTranslation(
            translation_of_id=segment.string_id,
            locale=locale,
            context_id=segment.context_id,
            data=strings[segment.context.path, segment.order],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in segments
        if (segment.context.path, segment.order) in strings
    }
    StringTranslation.objects.bulk_create(rows.values())
