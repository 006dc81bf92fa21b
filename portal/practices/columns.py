"""What the columns of the export of good practices mean; the declaration of the kind names them."""

from django.utils.translation import gettext_lazy as _

from portal.attachments.columns import ATTACHMENTS
from portal.interventions.columns import ABOUT_WHOLES
from portal.records.columns import COUNTRIES, NO_TEXT
from portal.tables.codebook import Columns, Holds, Meaning

COLUMNS: Columns = (
    ABOUT_WHOLES,
    Meaning("problem_text", _("The problem, in full"), empty=NO_TEXT),
    Meaning("measure_text", _("What was done, in full")),
    Meaning("beneficiaries_text", _("Who benefits, in full"), empty=NO_TEXT),
    Meaning("evidence_text", _("How one knows that it works, in full"), empty=NO_TEXT),
    Meaning("conditions_text", _("What it needs to be repeated, in full"), empty=NO_TEXT),
    Meaning("contact_role_text", _("Whom to ask: a role, never a person’s name"), empty=NO_TEXT),
    Meaning(
        "consultation",
        _("Key of the consultation whose conclusions tell it"),
        Holds.NUMBER,
        empty=_("written by an organization"),
    ),
    Meaning(
        "countries",
        _("Countries in which it is carried out, the first one first"),
        Holds.CODES,
        COUNTRIES,
        empty=_("no one country"),
    ),
    ATTACHMENTS,
)
