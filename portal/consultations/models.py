"""Models of consultations, where Django looks for them: pages, and who took part in the meeting."""

from portal.consultations.deadline_models import LaterDeadline, TypeDeadline
from portal.consultations.page_models import (
    ConsultationIndexPage,
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)
from portal.consultations.session_models import (
    Attendance,
    ConsultationBody,
    Session,
    SessionFile,
    SessionSpeaker,
)

__all__ = [
    "Attendance",
    "ConsultationBody",
    "ConsultationIndexPage",
    "ConsultationPage",
    "GuidingQuestionPage",
    "LaterDeadline",
    "SegmentPage",
    "Session",
    "SessionFile",
    "SessionSpeaker",
    "ThematicAreaPage",
    "TypeDeadline",
]
