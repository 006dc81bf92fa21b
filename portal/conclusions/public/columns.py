"""What the columns of the export of recommendations mean; the declaration of the kind names them."""

from django.utils.translation import gettext_lazy as _

from portal.conclusions.support import Force
from portal.records.columns import NO_TEXT
from portal.tables.codebook import Columns, Holds, Labels, Meaning, codes_of
from portal.taxonomy.queries import organization_type_names

FROM_PLENARY = {"plenary": _("made in the plenary")}


def addressees(language: str) -> Labels:
    return organization_type_names(language)


COLUMNS: Columns = (
    Meaning("text_text", _("The recommendation, in full")),
    Meaning("segment_text", _("Title of the segment"), empty=NO_TEXT),
    Meaning("priority_area_text", _("Title of the priority area"), empty=NO_TEXT),
    Meaning(
        "addressees",
        _("Types of organization that it asks to act"),
        Holds.CODES,
        codes=addressees,
        empty=_("nobody in particular"),
    ),
    Meaning("consultation", _("Key of the consultation"), Holds.NUMBER),
    Meaning(
        "force",
        _("Force of support over all categories; the rule is published with the conclusions"),
        Holds.CODE,
        codes=codes_of(Force),
        empty=_("support was not counted"),
    ),
    Meaning(
        "origin",
        _("Where it was made"),
        Holds.CODE,
        codes=lambda language: FROM_PLENARY,
        empty=_("in a segment"),
    ),
    Meaning("place", _("Number in the document")),
    Meaning(
        "priority_area", _("Key of the priority area"), Holds.NUMBER, empty=_("outside the priority areas")
    ),
    Meaning("segment", _("Key of the segment"), Holds.NUMBER, empty=_("outside the segments")),
    Meaning("segment_number", _("Number of the segment"), empty=_("outside the segments")),
    Meaning(
        "support",
        _("Support by category: category=backers/speakers:force; ! behind a force that an editor set"),
        empty=_("support was not counted"),
    ),
)
