"""What the columns of the export of progress reports mean; the declaration of the kind names them."""

from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.records.columns import NO_TEXT
from portal.reports.enums import Barrier, Enabler, Support
from portal.tables.codebook import Columns, Holds, Meaning, codes_of

NONE_NAMED = _("none is named")
COLUMNS: Columns = (
    Meaning(
        "text_text",
        _("What the parties report, in full"),
        empty=_("the report says that nothing has changed"),
    ),
    Meaning("figures_text", _("Values of the pledge’s goals, in words"), empty=NO_TEXT),
    Meaning("barriers", _("What stands in the way"), Holds.CODES, codes=codes_of(Barrier), empty=NONE_NAMED),
    Meaning(
        "cycle",
        _("Review cycle that was open when it was submitted"),
        Holds.NUMBER,
        empty=_("no cycle was open"),
    ),
    Meaning("enablers", _("What helps"), Holds.CODES, codes=codes_of(Enabler), empty=NONE_NAMED),
    Meaning("pledge", _("Pledge that it reports on"), Holds.NUMBER),
    Meaning("reported_on", _("Day that the report speaks of"), Holds.DAY, empty=_("the source does not say")),
    Meaning(
        "stage", _("How far the pledge is, as its parties claim"), Holds.CODE, codes=codes_of(ReportedStage)
    ),
    Meaning("support", _("What would help"), Holds.CODES, codes=codes_of(Support), empty=NONE_NAMED),
    Meaning("tier", _("What stands behind it"), Holds.CODE, codes=codes_of(EvidenceTier)),
    Meaning("is_unchanged", _("Whether it says that nothing has changed"), Holds.TRUE_FALSE),
    Meaning(
        "goal_values",
        _("Values of the pledge’s goals: key of the goal, colon, value; parted by spaces"),
        Holds.CODES,
        empty=_("no value is told"),
    ),
    Meaning(
        "evidence_sha256",
        _("SHA-256 of the public copies of its documents, parted by spaces"),
        Holds.DIGEST,
        empty=_("no document"),
    ),
)
