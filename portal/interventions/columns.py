"""What the columns of the export of interventions mean; the declaration of the kind names them."""

from django.utils.translation import gettext_lazy as _

from portal.attachments.columns import ATTACHMENTS
from portal.interventions.enums import InterventionForm, Manner
from portal.publication.kinds import ABOUT
from portal.tables.codebook import Columns, Holds, Meaning, codes_of

NOT_IN_THE_ROOM = _("not made in the room")
ABOUT_WHOLES = Meaning(
    ABOUT,
    _("What it is about as a whole: segment:KEY, consultation:KEY or plan:NAME, parted by spaces"),
    empty=_("about guiding questions only"),
)
COLUMNS: Columns = (
    Meaning(
        "form",
        _("Whether it is an intervention or a good practice"),
        Holds.CODE,
        codes=codes_of(InterventionForm),
    ),
    Meaning("made_in", _("Key of the session in which it was made"), Holds.NUMBER, empty=NOT_IN_THE_ROOM),
    Meaning(
        "manner", _("How it was made in the room"), Holds.CODE, codes=codes_of(Manner), empty=NOT_IN_THE_ROOM
    ),
    Meaning("speaker_role", _("Role of the speaker, never a name"), empty=NOT_IN_THE_ROOM),
    ABOUT_WHOLES,
    Meaning(
        "confirmed_on",
        _("Day on which the organization confirmed what the secretariat wrote down"),
        Holds.DAY,
        empty=_("made in the room and not confirmed, or not made in the room"),
    ),
    ATTACHMENTS,
)
