"""What the columns of the export of assessments mean; the declaration of the kind names them."""

from django.utils.translation import gettext_lazy as _

from portal.followup.enums import AssessedKind, Basis, BodyKind, Confidence
from portal.pledges.enums import Completion, ReportedStage
from portal.records.columns import NO_TEXT
from portal.tables.codebook import Columns, Holds, Meaning, codes_of

OF_AN_ACTION = _("an action was assessed")
COLUMNS: Columns = (
    Meaning("text_text", _("What was found, in full")),
    Meaning("sources_text", _("Documents and checks that it rests on"), empty=_("none is named")),
    Meaning("conflict_text", _("What the writers have to do with the parties"), empty=NO_TEXT),
    Meaning("basis", _("What the finding rests on"), Holds.CODE, codes=codes_of(Basis)),
    Meaning("body", _("Body for which the organization assessed"), Holds.NUMBER),
    Meaning(
        "claimed",
        _("What the parties claimed then"),
        Holds.CODE,
        codes=codes_of(ReportedStage),
        empty=OF_AN_ACTION,
    ),
    Meaning("completion", _("How far it is, as was found"), Holds.CODE, codes=codes_of(Completion)),
    Meaning("confidence", _("How sure the writers are"), Holds.CODE, codes=codes_of(Confidence)),
    Meaning("cycle", _("Review cycle in which it was submitted"), Holds.NUMBER, empty=_("no cycle was open")),
    Meaning("subject", _("What was assessed"), Holds.CODE, codes=codes_of(AssessedKind)),
    Meaning("pledge", _("Pledge that was assessed, or one goal of it"), Holds.NUMBER, empty=OF_AN_ACTION),
    Meaning("goal", _("Key of the one goal that was assessed"), Holds.NUMBER, empty=_("not one goal alone")),
    Meaning("action", _("Key of the assessed action"), Holds.NUMBER, empty=_("a pledge was assessed")),
    Meaning(
        "evidence_sha256",
        _("SHA-256 of the public copies of its documents, parted by spaces"),
        Holds.DIGEST,
        empty=_("no document"),
    ),
    Meaning("voice", _("Kind of that body"), Holds.CODE, codes=codes_of(BodyKind)),
    Meaning("replies_until", _("Last day on which the parties may reply"), Holds.DAY),
    Meaning("replies", _("Replies of the parties"), Holds.WHOLE, _("replies")),
)
