"""What consultations know of an organization, when two become one; the app's configuration declares it."""

from django.utils.translation import gettext_lazy as _

from portal.organizations.merging.parts import Part, once

PARTS = (
    Part(
        relation="consultations.ConsultationBody.organization",
        label=_("Hosts and partners of consultations"),
        move=once(lambda row: (row.consultation_key, row.role)),
    ),
    Part(
        relation="consultations.SessionSpeaker.organization",
        label=_("Speakers in sessions"),
    ),
    Part(
        relation="consultations.Attendance.organization",
        label=_("Attendance and signatures"),
        move=once(lambda row: (row.consultation_key, row.mode)),
    ),
    Part(
        relation="consultations.LaterDeadline.organization",
        label=_("Later deadlines"),
        move=once(lambda row: (row.consultation_key, row.revoked_at)),
    ),
)
