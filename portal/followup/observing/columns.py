"""What the columns of the export of observations mean; the declaration of the kind names them."""

from django.utils.translation import gettext_lazy as _

from portal.followup.enums import Voice
from portal.followup.observing.subjects import observable
from portal.records.columns import NO_TEXT
from portal.tables.codebook import Columns, Holds, Meaning, codes_of

COLUMNS: Columns = (
    Meaning("text_text", _("What is observed, in full")),
    Meaning("conflict_text", _("What the writers have to do with what they observe"), empty=NO_TEXT),
    Meaning(
        "body",
        _("Observatory for which the organization takes note"),
        Holds.NUMBER,
        empty=_("the organization speaks for itself"),
    ),
    Meaning("cycle", _("Review cycle in which it was submitted"), Holds.NUMBER, empty=_("no cycle was open")),
    Meaning("subject", _("Number of the record or key of the plan action that it is about"), Holds.NUMBER),
    Meaning("subject_kind", _("What it is about"), Holds.CODE, codes=lambda language: observable()),
    Meaning("voice", _("Who observes"), Holds.CODE, codes=codes_of(Voice)),
    Meaning("is_refugee_led", _("Whether the organization is led by refugees"), Holds.TRUE_FALSE),
)
