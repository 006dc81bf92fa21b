"""Memberships in words, for pages and the feed."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import day


def in_words(role: str, since: date | None) -> str:
    """`Member since 3 May 2021`."""
    if since is None:
        return role
    return _("%(role)s since %(day)s") % {"role": role, "day": day(since)}


def number_of_members(number: int) -> str:
    return ngettext("%(number)s organization", "%(number)s organizations", number) % {"number": number}
