"""What was proposed keeps no words that may stand nowhere any more: cuts and withheld names call it."""

from django.db.models import QuerySet

from portal.common.declarations import declared
from portal.submissions.models import Amendment

# In place of a reason that may hold them: an amendment always has one.
NO_REASON = "–"


def empty(rows: QuerySet[Amendment]) -> None:
    """New values and reasons, here and wherever apps above have kept them.

    One query where there are none, else three and those of the apps.
    """
    keys = list(rows.values_list("key", flat=True))
    if not keys:
        return
    rows.exclude(said="").update(said=NO_REASON)
    rows.update(changes={}, reason=NO_REASON)
    for follow in declared("amendments_emptied"):
        follow(keys)
