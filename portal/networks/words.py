"""A membership in words, for pages."""

from datetime import date

from django.utils.translation import gettext as _

from portal.common.formatting import day


def in_words(role: str, since: date | None) -> str:
    """`Member since 3 May 2021`."""
    if since is None:
        return role
    return _("%(role)s since %(day)s") % {"role": role, "day": day(since)}
