"""What is said of a document: put on its row and under what it is filed, checked, corrected later.

`About` holds what was said; None is what was not, which stays as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.cms.queries import pages_by_key
from portal.common import events
from portal.common.actors import Actor
from portal.common.characters import many_lines, one_line
from portal.common.countries import COUNTRIES
from portal.common.errors import NotAllowed, OutOfDate, WrongState
from portal.common.languages import DEFAULT
from portal.library.enums import Facet
from portal.library.filing import PAGES, organization_labels, tags_of, uuids
from portal.library.models import DocumentTag, LibraryDocument
from portal.library.offering import ensure_copy
from portal.library.official import official_texts
from portal.library.queries import find_document
from portal.library.rules import can_describe
from portal.library.signals import document_changed

LINES = ("title", "source", "source_url", "rights")
CODES = ("language", "second_language", "kind", "offer")
COLUMNS = (*LINES, *CODES, "description")
DATE = ("year", "month", "day")
FILED: dict[str, Facet] = {
    "countries": Facet.COUNTRY,
    "organizations": Facet.ORGANIZATION,
    "consultation": Facet.CONSULTATION,
    "segment": Facet.SEGMENT,
    "themes": Facet.THEME,
    "official": Facet.OFFICIAL,
}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """`dated` is `2024`, `2024-05`, `2024-05-31` or empty; `organizations` are keys, `consultation`,
    `segment` and `themes` keys of pages. `beside` is the number of a document that is the same work in
    another language, empty for none.
    """

    title: str | None = None
    language: str | None = None
    second_language: str | None = None
    kind: str | None = None
    dated: str | None = None
    source: str | None = None
    source_url: str | None = None
    rights: str | None = None
    description: str | None = None
    offer: str | None = None
    countries: tuple[str, ...] | None = None
    organizations: tuple[str, ...] | None = None
    consultation: tuple[str, ...] | None = None
    segment: tuple[str, ...] | None = None
    themes: tuple[str, ...] | None = None
    official: tuple[str, ...] | None = None
    beside: str | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What was said, by column of the document. Raises `ValidationError` for a date that is none."""
        said = {name: value for name in COLUMNS if (value := getattr(self, name)) is not None}
        said |= {name: one_line(said[name]) for name in LINES if name in said}
        if "description" in said:
            said["description"] = many_lines(said["description"]).strip()
        if self.dated is not None:
            said |= dict(zip(DATE, read_date(self.dated), strict=True))
        return said

    @property
    def tags(self) -> dict[str, list[str]]:
        """The values that were said, by facet."""
        filed = {facet: getattr(self, name) for name, facet in FILED.items()}
        return {facet: list(dict.fromkeys(said)) for facet, said in filed.items() if said is not None}


def read_date(text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day as far as they are known. Raises `ValidationError` at `dated`."""
    if not text.strip():
        return None, None, None
    parts = _DATE.fullmatch(text.strip())
    if parts is None:
        raise ValidationError({"dated": _("Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.")})
    year, month, day = (int(part) if part else None for part in parts.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        raise ValidationError({"dated": _("There is no such day. Write it as 2024-05-31.")}) from None
    if not 1900 <= (year or 0) <= 2100:
        raise ValidationError({"dated": _("Write a year between 1900 and 2100.")})
    return year, month, day


def put_on(document: LibraryDocument, about: About) -> list[str]:
    """The columns on the row, which is not saved; gives the names of those that changed.

    Raises `ValidationError` by field for what cannot stand.
    """
    said = about.columns
    changed = [name for name, value in said.items() if getattr(document, name) != value]
    for name in changed:
        setattr(document, name, said[name])
    check(document, about)
    return changed


def check(document: LibraryDocument, about: About) -> None:
    """Raises `ValidationError` by field."""
    errors: dict[str, Any] = {}
    ours = {*COLUMNS, *DATE}
    try:
        document.clean_fields(exclude=[each.name for each in document._meta.fields if each.name not in ours])
    except ValidationError as invalid:
        errors.update(invalid.error_dict)
    if not document.title:
        errors["title"] = _("Give the document a title.")
    if document.second_language == document.language:
        errors["second_language"] = _("Choose another language than the first, or none.")
    if document.source_url and not _ADDRESS.fullmatch(document.source_url):
        errors["source_url"] = _("Write the whole address, beginning with https://")
    errors |= _filing_errors(about, tags_of(document) if document.pk else {})
    if errors:
        raise ValidationError(errors)


def file_under(document: LibraryDocument, about: About) -> dict[str, tuple[list[str], list[str]]]:
    """Under what was said; gives old and new values of each facet that changed."""
    before, said = tags_of(document), about.tags
    changed = {
        facet: (before.get(facet, []), values)
        for facet, values in said.items()
        if sorted(before.get(facet, [])) != sorted(values)
    }
    document.tags.filter(facet__in=changed).delete()
    DocumentTag.objects.bulk_create(
        DocumentTag(document=document, facet=facet, value=value)
        for facet, (_old, new) in changed.items()
        for value in new
    )
    return changed


def put_beside(document: LibraryDocument, number: str | None) -> bool:
    """As one work with the document of that number, or alone where it is empty; gives whether it changed."""
    if number is None:
        return False
    work = _work_of(number, document) if number else None
    if work == document.work:
        return False
    document.work = work
    document.save(update_fields=["work"])
    return True


@transaction.atomic
def correct_document(
    document: LibraryDocument, about: About, *, seen: datetime | None = None, actor: Actor, now: datetime
) -> list[str]:
    """Gives the names of what changed. The log keeps old and new.

    Raises `ValidationError` by field, `OutOfDate` where it changed after `seen`, `WrongState` once withdrawn.
    """
    if not can_describe(actor):
        raise NotAllowed
    locked = LibraryDocument.objects.select_for_update().get(pk=document.pk)
    if not locked.live:
        raise WrongState(_("This document was withdrawn. Nothing of it can be changed."))
    if seen is not None and locked.updated_at != seen:
        raise OutOfDate
    return describe(locked, about, actor=actor, now=now)


def describe(locked: LibraryDocument, about: About, *, actor: Actor, now: datetime) -> list[str]:
    """Inside the transaction that locked the row."""
    old = {name: getattr(locked, name) for name in (*COLUMNS, *DATE, "work")}
    columns = put_on(locked, about)
    changes: dict[str, object] = {name: [old[name], getattr(locked, name)] for name in columns}
    changes |= {facet: list(pair) for facet, pair in file_under(locked, about).items()}
    if put_beside(locked, about.beside):
        changes["work"] = [str(old["work"] or ""), str(locked.work or "")]
    if not changes:
        return []
    locked.updated_at = now
    locked.save(update_fields=[*columns, "updated_at"])
    ensure_copy(locked)
    details: dict[str, object] = {"fields": list(changes), "changes": changes}
    events.record("described", kind="document", key=locked.public_id, actor=actor, now=now, details=details)
    document_changed.send(sender=LibraryDocument, key=locked.public_id)
    return list(changes)


def _work_of(number: str, document: LibraryDocument) -> UUID:
    """The key of the work of a document; it gets one where it has none."""
    other = find_document(number.strip().upper())
    if other is None or not other.live:
        raise ValidationError({"beside": _("There is no public document with this number.")})
    if other == document:
        raise ValidationError(
            {"beside": _("This is the number of the document itself. Write that of the other.")}
        )
    if other.work is None:
        other.work = uuid4()
        other.save(update_fields=["work"])
        document_changed.send(sender=LibraryDocument, key=other.public_id)
    return other.work


def _filing_errors(about: About, kept: Mapping[str, list[str]]) -> Mapping[str, Any]:
    """Codes and keys that nothing public has; what it is filed under already may stay."""
    tags = about.tags
    known: dict[str, set[str]] = {
        Facet.COUNTRY: set(COUNTRIES),
        Facet.ORGANIZATION: set(organization_labels(tags.get(Facet.ORGANIZATION, ()), DEFAULT)),
        Facet.OFFICIAL: {text.key for text in official_texts()},
    }
    pages = _public_pages([value for facet in PAGES for value in tags.get(facet, ())])
    return {
        name: _("Choose what is in the list: %(value)s is not.") % {"value": ", ".join(sorted(wrong))}
        for name, facet in FILED.items()
        if (wrong := set(tags.get(facet, ())) - known.get(facet, pages) - {*kept.get(facet, ())})
    }


def _public_pages(keys: list[str]) -> set[str]:
    return {str(key) for key in pages_by_key(uuids(keys), DEFAULT)}
