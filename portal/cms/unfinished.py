"""What editors have begun of pages and not finished: drafts, and translations that are missing or behind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from wagtail.models import Locale, Page

from portal.common.languages import CODES

# The root of the tree and the home pages of languages.
HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A public page of which `missing` languages have no public translation, or an older one (`behind`)."""

    pk: int
    title: str
    missing: tuple[str, ...]
    behind: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class _Version:
    pk: int
    code: str
    title: str
    published_at: datetime | None


def drafts() -> QuerySet[Page]:
    """Pages with changes that nobody has published, what waits longest first."""
    rows = Page.objects.filter(depth__gte=HOME_DEPTH, has_unpublished_changes=True)
    return rows.order_by("latest_revision_created_at", "pk")


def untranslated() -> tuple[list[Untranslated], int]:
    """What lacks a translation or has an old one, the oldest first, and the number of all. Two queries."""
    versions = _versions()
    rows = filter(None, map(_untranslated, versions))
    return sorted(rows, key=lambda row: (row.since is None, row.since, row.pk)), len(versions)


def _versions() -> list[list[_Version]]:
    """The public pages of each translation key; the first of them is the original."""
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    by_key: dict[object, list[_Version]] = defaultdict(list)
    rows = Page.objects.filter(depth__gte=HOME_DEPTH, live=True).order_by("pk")
    names = ("translation_key", "pk", "locale_id", "title", "last_published_at")
    for key, pk, locale, title, at in rows.values_list(*names):
        by_key[key].append(_Version(pk, codes[locale], title, at))
    return list(by_key.values())


def _untranslated(versions: list[_Version]) -> Untranslated | None:
    first, *others = versions
    there = {version.code for version in versions}
    missing = tuple(code for code in CODES if code not in there)
    behind = tuple(version.code for version in others if _is_behind(version, first))
    if not missing and not behind:
        return None
    return Untranslated(first.pk, first.title, missing, behind, first.published_at)


def _is_behind(version: _Version, original: _Version) -> bool:
    if version.published_at is None or original.published_at is None:
        return False
    return version.published_at < original.published_at


def codes_of(row: Untranslated) -> Iterable[str]:
    return (*row.missing, *row.behind)
