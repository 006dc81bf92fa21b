"""What the columns mean of the tables that reports feed; `sheets` names them."""

from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.records.columns import COUNTRIES
from portal.reports.enums import Barrier, Enabler, Support
from portal.tables.codebook import Columns, Holds, Meaning, codes_of

NONE_NAMED = _("none is named")
NO_COUNTRY = _("no one country")
NO_GOAL = _("the pledge has no goal that can be measured")
NO_DAY = _("the source does not say")
COUNTRY = _("Country that it is about")
STAGE = _("How far the pledge is, as its parties claim")
DAY = _("Day that the report speaks of")
TITLE = _("Title of the pledge")
REPORTED = _("What the parties report, in full")
VALUES = _("Values of the pledge’s goals, in words")
PAGE = _("Page of the report")

GRF: Columns = (
    Meaning("Pledge ID", _("Number at the forum, else the permanent number here"), Holds.NUMBER),
    Meaning("Submitting Entity", _("Organization that keeps the pledge")),
    Meaning("Pledge Title", TITLE),
    Meaning("Country", COUNTRY, Holds.CODE, COUNTRIES, empty=NO_COUNTRY),
    Meaning("Pledge Stage", STAGE),
    Meaning("Date of Update", DAY, Holds.DAY, empty=NO_DAY),
    Meaning("Progress Description", REPORTED),
    Meaning("Results", VALUES, empty=NONE_NAMED),
    Meaning("Challenges", _("What stands in the way"), empty=NONE_NAMED),
    Meaning("Enabling Factors", _("What helps"), empty=NONE_NAMED),
    Meaning("Support Needed", _("What would help"), empty=NONE_NAMED),
    Meaning("Evidence", _("What stands behind it")),
    Meaning("Link", PAGE, Holds.ADDRESS),
)
PLAN: Columns = (
    Meaning("framework", _("Framework that it is a part of"), Holds.NUMBER, empty=_("linked to no action")),
    Meaning("code", _("Code within the framework"), empty=_("linked to no action")),
    Meaning("pledge", _("Pledge that it reports on"), Holds.NUMBER),
    Meaning("pledge_title", TITLE),
    Meaning("country", COUNTRY, Holds.CODE, COUNTRIES, empty=NO_COUNTRY),
    Meaning("indicator", _("What is measured"), empty=NO_GOAL),
    Meaning("baseline", _("Value from which one starts"), Holds.DECIMAL, empty=NO_GOAL),
    Meaning("value", _("Value that is reported"), Holds.DECIMAL, empty=NO_GOAL),
    Meaning("target", _("Value that is to be reached"), Holds.DECIMAL, empty=NO_GOAL),
    Meaning("unit", _("Unit of these values"), empty=NO_GOAL),
    Meaning("due_on", _("Day by which it is to be reached"), Holds.DAY, empty=NO_GOAL),
    Meaning("stage", STAGE, Holds.CODE, codes=codes_of(ReportedStage)),
    Meaning("reported_on", DAY, Holds.DAY, empty=NO_DAY),
    Meaning("report", _("Permanent number of the report"), Holds.NUMBER),
    Meaning("url", PAGE, Holds.ADDRESS),
)
MECHANISM: Columns = (
    Meaning("mechanism", _("Mechanism that the table is for"), Holds.NUMBER),
    Meaning("member", _("Organization that reports")),
    Meaning("pledge", _("Pledge that it reports on"), Holds.NUMBER),
    Meaning("pledge_title", TITLE),
    Meaning("country", COUNTRY, Holds.CODE, COUNTRIES, empty=NO_COUNTRY),
    Meaning(
        "plan_actions",
        _("Actions of the plan that it carries out"),
        Holds.NUMBERS,
        empty=_("linked to no action"),
    ),
    Meaning("stage", STAGE, Holds.CODE, codes=codes_of(ReportedStage)),
    Meaning("reported_on", DAY, Holds.DAY, empty=NO_DAY),
    Meaning("what_was_done", REPORTED, empty=_("the report says that nothing has changed")),
    Meaning("nothing_has_changed", _("Whether it says that nothing has changed"), Holds.YES_NO),
    Meaning("results", VALUES, empty=NONE_NAMED),
    Meaning("barriers", _("What stands in the way"), Holds.CODES, codes=codes_of(Barrier), empty=NONE_NAMED),
    Meaning("enablers", _("What helps"), Holds.CODES, codes=codes_of(Enabler), empty=NONE_NAMED),
    Meaning("support_needed", _("What would help"), Holds.CODES, codes=codes_of(Support), empty=NONE_NAMED),
    Meaning("evidence_tier", _("What stands behind it"), Holds.CODE, codes=codes_of(EvidenceTier)),
    Meaning("report", _("Permanent number of the report"), Holds.NUMBER),
    Meaning("url", PAGE, Holds.ADDRESS),
)
