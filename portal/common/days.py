"""What is said of a typed day that is none; form fields and drafts call it."""

import re

from django.utils.translation import gettext_lazy as _

_LIKE_A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}", re.ASCII)
NO_SUCH_DAY = _("There is no such day. Check the day and the month.")


def day_problem(typed: str, otherwise: object) -> object:
    """That there is no such day where it is written like one, as `31/04/2026`; else `otherwise`."""
    return NO_SUCH_DAY if _LIKE_A_DAY.fullmatch(typed.strip()) else otherwise
