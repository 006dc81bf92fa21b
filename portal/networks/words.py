"""Memberships, projects and what nobody has checked yet in words, for pages, lists and feeds."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import day
from portal.networks.models import Network


def in_words(role: str, since: date | None, until: date | None = None) -> str:
    """`Member since 3 May 2021`, `Member until 2 May 2022`."""
    if until is not None:
        told = {"role": role, "first": day(since) if since else "…", "last": day(until)}
        return _("%(role)s, %(first)s to %(last)s") % told
    if since is None:
        return role
    return _("%(role)s since %(day)s") % {"role": role, "day": day(since)}


def number_of_members(number: int) -> str:
    if not number:
        return _("no organization yet")
    return ngettext("%(number)s organization", "%(number)s organizations", number) % {"number": number}


def is_unchecked(network: Network) -> Iterator[tuple[str, str]]:
    """The badge of facts that nobody has checked: its text and tone."""
    if network.checked_on is None:
        yield _("facts not checked"), "warn"


def days(first: date | None, last: date | None) -> str:
    """`1 March 2024 to 28 February 2026`; what is not known is left out."""
    if first and last:
        return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    if first:
        return _("since %(day)s") % {"day": day(first)}
    return _("until %(day)s") % {"day": day(last)} if last else ""
