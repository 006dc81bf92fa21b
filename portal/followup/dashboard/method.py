"""What the words of the figures mean, as public pages explain it; docs/followup.md says the same."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DEFINITIONS = (
    (
        pgettext_lazy("figure", "Published"),
        _("All pledges that are public here and pass the filters. What is withdrawn is not counted."),
    ),
    (
        pgettext_lazy("figure", "Active"),
        _("Those that their parties do not call fulfilled."),
    ),
    (
        pgettext_lazy("figure", "Claimed fulfilled"),
        _("The word of the parties. A claim stays a claim when others assess it."),
    ),
    (
        pgettext_lazy("figure", "With a report"),
        _(
            "The day of a report is known, from the parties or from the source. That nothing has "
            "changed is a report too."
        ),
    ),
    (
        pgettext_lazy("figure", "With evidence"),
        _("A report that tells the present stage shows a document. The best that such reports show counts."),
    ),
    (
        pgettext_lazy("figure", "Assessed"),
        _(
            "A body that is no party to the pledge has published what it found. The newest assessment "
            "of each body counts; where bodies differ, this is said and nothing is made one of it."
        ),
    ),
    (
        pgettext_lazy("figure", "Silent"),
        _(
            "Active, and no report for so many whole months. Where nobody has ever reported, the months "
            "count from the end of the year of the pledge."
        ),
    ),
    (
        pgettext_lazy("figure", "Year"),
        _("That of the forum, or of the submission of a pledge outside the forums."),
    ),
    (
        pgettext_lazy("figure", "Goes first"),
        _(
            "An action that the open review cycle names; where it names none, one that the plan names "
            "for this year."
        ),
    ),
)
