"""Reads of consultation pages; pages, the read API, desk and search call them."""

from portal.cms.queries import PublicPage, public_pages
from portal.consultations.page_models import (
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)

# `PublicPage.ancestors` of a question: home, index, consultation, segment, thematic area.
CONSULTATION_AT, SEGMENT_AT, AREA_AT = 2, 3, 4


def consultations(language: str) -> list[PublicPage]:
    return public_pages(ConsultationPage, language)


def segments(language: str) -> list[PublicPage]:
    return public_pages(SegmentPage, language)


def areas(language: str) -> list[PublicPage]:
    return public_pages(ThematicAreaPage, language)


def questions(language: str) -> list[PublicPage]:
    return public_pages(GuidingQuestionPage, language)
