"""What the columns of the export of pledges mean; the declaration of the kind names them."""

from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import (
    Completion,
    Contribution,
    Fulfilment,
    PlaceRole,
    PledgeKind,
    ReportedBy,
    ReportedStage,
)
from portal.pledges.facts import Health
from portal.records.columns import COUNTRIES
from portal.tables.codebook import Columns, Holds, Meaning, codes_of
from portal.taxonomy.enums import Outcome

NOT_STATED = _("the pledge does not say")
COLUMNS: Columns = (
    Meaning(
        "amount",
        _("Money that is pledged"),
        Holds.DECIMAL,
        _("in the currency of the column “currency”"),
        empty=NOT_STATED,
    ),
    Meaning(
        "contributions", _("What it brings"), Holds.CODES, codes=codes_of(Contribution), empty=NOT_STATED
    ),
    Meaning("currency", _("Currency of the amount"), Holds.CODE, "ISO 4217", empty=NOT_STATED),
    Meaning("ends_on", _("Last day of the pledge"), Holds.DAY, empty=NOT_STATED),
    Meaning("external_id", _("Number at the forum"), empty=_("none is known")),
    Meaning(
        "forum",
        _("Year of the Global Refugee Forum for which it was made"),
        Holds.WHOLE,
        _("year"),
        empty=_("outside the forums"),
    ),
    Meaning("needs", _("What its parties lack"), Holds.CODES, codes=codes_of(Contribution), empty=NOT_STATED),
    Meaning(
        "numbers", _("Further numbers by which it is known, parted by semicolons"), empty=_("none is known")
    ),
    Meaning(
        "places",
        _("Countries with their roles, as CODE:role, parted by spaces"),
        unit=COUNTRIES,
        codes=codes_of(PlaceRole),
        empty=NOT_STATED,
    ),
    Meaning(
        "pledge_kind", _("Whether one or several parties made it"), Holds.CODE, codes=codes_of(PledgeKind)
    ),
    Meaning(
        "reported_by",
        _("Who said what the newest report says"),
        Holds.CODE,
        codes=codes_of(ReportedBy),
        empty=_("nobody has reported"),
    ),
    Meaning(
        "stage",
        _("How far it is: what its parties claim, not what others found"),
        Holds.CODE,
        codes=codes_of(ReportedStage),
    ),
    Meaning("starts_on", _("First day of the pledge"), Holds.DAY, empty=NOT_STATED),
    Meaning(
        "reported_on",
        _("Day that the newest report of the parties speaks of"),
        Holds.DAY,
        empty=_("nobody has reported"),
    ),
    Meaning(
        "health",
        _("How old the newest report is on the day of the download"),
        Holds.CODE,
        codes=codes_of(Health),
    ),
    Meaning(
        "assessment", _("Assessments of it, the newest first"), Holds.NUMBERS, empty=_("not yet assessed")
    ),
    Meaning(
        "assessed_completion",
        _("What each of these found, in the same order"),
        Holds.CODES,
        codes=codes_of(Completion),
        empty=_("not yet assessed"),
    ),
    Meaning(
        "fulfilment",
        _("How far “fulfilled” carries: claimed, or assessed on evidence of tier 2 or more"),
        Holds.CODE,
        codes=codes_of(Fulfilment),
        empty=_("nobody claims it and nobody has checked it"),
    ),
    Meaning("parties_named", _("Parties besides the organization that keeps it"), Holds.WHOLE, _("parties")),
    Meaning("parties_confirmed", _("Those of them that have confirmed it"), Holds.WHOLE, _("parties")),
    Meaning(
        "actions", _("Actions of the plan that it carries out"), Holds.NUMBERS, empty=_("linked to no action")
    ),
    Meaning(
        "outcomes",
        _("Outcomes of the multi-stakeholder pledge that it serves"),
        Holds.CODES,
        codes=codes_of(Outcome),
        empty=_("it names none"),
    ),
    Meaning("goals_stated", _("Goals that can be measured"), Holds.WHOLE, _("goals")),
    Meaning(
        "goal_aims",
        _("These goals in numbers: key, colon, baseline, colon, target; parted by spaces"),
        Holds.CODES,
        empty=_("no goal is stated"),
    ),
)
