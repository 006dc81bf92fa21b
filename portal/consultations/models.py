"""Models of consultations: the pages of `page_models`, where Django looks for them."""

from portal.consultations.page_models import (
    ConsultationIndexPage,
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)

__all__ = [
    "ConsultationIndexPage",
    "ConsultationPage",
    "GuidingQuestionPage",
    "SegmentPage",
    "ThematicAreaPage",
]
