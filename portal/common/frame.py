"""Menu, foot and channels around every page: what editors wrote, else the portal's own.

An app gives what they wrote as `site_frame()` of its AppConfig. It is kept in the cache for a minute, so that
a page costs no query for it; saving throws it away at once. A page that is made to be kept reads it anew.
Texts are those of one language, links the whole addresses of its pages.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.declarations import declared
from portal.common.languages import CODES
from portal.common.lasting import is_to_be_kept

logger = logging.getLogger(__name__)
SECONDS = 60
_KEY = "site_frame_"


@dataclass(frozen=True, slots=True)
class FrameLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """Links of the foot under a heading."""

    title: str
    links: tuple[FrameLink, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """`mailbox` is empty where that of the setting `PRIVACY_CONTACT` counts; `hashtag` has no `#`."""

    menu: tuple[FrameLink, ...]
    columns: tuple[FrameColumn, ...]
    mailbox: str = ""
    hashtag: str = ""
    sites: tuple[FrameLink, ...] = ()


# A function of the language that gives the frame as it is now.
Source = Callable[[str], Frame]


def frame(language: str) -> Frame:
    """No query while it is kept. Where the database cannot be read it is the portal's own."""
    kept: Frame | None = None if is_to_be_kept() else cache.get(_KEY + language)
    if kept is not None:
        return kept
    sources: tuple[Source, ...] = declared("site_frame")
    try:
        told = next((source(language) for source in sources), None)
    except DatabaseError:
        logger.exception("event=frame_failed language=%s", language)
        return own_frame(language)
    told = told or own_frame(language)
    keep(told, language)
    return told


def keep(told: Frame, language: str) -> None:
    cache.set(_KEY + language, told, SECONDS)


def forget() -> None:
    """What editors wrote has changed."""
    cache.delete_many([_KEY + code for code in CODES])


def own_frame(language: str, pages: Collection[str] = ()) -> Frame:
    """That of a portal where nobody wrote any; `pages` are slugs of pages below home that are there."""
    with translation.override(language):
        return Frame(menu=_links(language, _menu()), columns=tuple(_columns(language, pages)))


def _menu() -> list[tuple[str, str]]:
    return [
        (_("Consultations"), "consultations/"),
        (_("Contributions"), "interventions/"),
        (_("Pledges"), "pledges/"),
        (_("Follow-up"), "follow-up/"),
        (_("Library"), "library/"),
    ]


def _columns(language: str, pages: Collection[str]) -> Iterable[FrameColumn]:
    """Pages that an editor may not have written yet are named only where they are."""
    process = [
        (_("About the process"), "about/"),
        (_("Timeline"), "timeline/"),
        (_("How to take part"), "take-part/"),
        (_("How contributions are handled"), "how-contributions-are-handled/"),
    ]
    handled = [
        (_("How texts are moderated"), "moderation/"),
        (_("Dates and calendar"), "calendar/"),
        (_("Verify a receipt"), "verify/"),
    ]
    public = [
        (_("Recommendations"), "recommendations/"),
        (_("Good practices"), "practices/"),
        (_("Plan of action"), "plan/"),
        (_("Progress reports"), "reports/"),
        (_("Countries"), "countries/"),
    ]
    who = [
        (_("Organizations"), "organizations/"),
        (_("Networks"), "networks/"),
        (_("Mechanisms"), "mechanisms/"),
    ]
    site = [(_("Accessibility"), "accessibility/")]
    use = [(_("Open data and API"), "data/"), (_("Privacy"), "privacy/")]
    there = [row for row in process if row[1].rstrip("/") in pages]
    allowed = [row for row in site if row[1].rstrip("/") in pages]
    yield FrameColumn(_("The process"), _links(language, [*there, *handled]))
    yield FrameColumn(_("What is public"), _links(language, public))
    yield FrameColumn(_("Who takes part"), _links(language, who))
    yield FrameColumn(_("This site"), _links(language, [*use, *allowed]))


def _links(language: str, rows: Iterable[tuple[str, str]]) -> tuple[FrameLink, ...]:
    return tuple(FrameLink(label, f"/{language}/{path}") for label, path in rows)


def mailbox_of(told: Frame) -> str:
    """Where readers write to."""
    return told.mailbox or parseaddr(settings.PRIVACY_CONTACT)[1]
