"""What the follow-up keeps, each model by its name.

What somebody may do follows from the seats of today (`rules`), never from the name of a group.
"""

from portal.followup.models.assessments import Assessment, AssessmentPaper, Reply
from portal.followup.models.bodies import Body, Seat
from portal.followup.models.contacts import ContactNote
from portal.followup.models.cycles import CyclePriority, ReviewCycle
from portal.followup.models.observations import Observation
from portal.followup.models.packs import ReviewPack
from portal.followup.models.reminders import Reminder

__all__ = [
    "Assessment",
    "AssessmentPaper",
    "Body",
    "ContactNote",
    "CyclePriority",
    "Observation",
    "Reminder",
    "Reply",
    "ReviewCycle",
    "ReviewPack",
    "Seat",
]
