"""Writes a concept note into draft pages, again and again without doubling; the command calls it.

A page remembers where it came from (`import_key`) and what the last import put into it
(`import_digest`). A page whose text somebody has changed since is never overwritten.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.consultations.concept_note import ConceptNote
from portal.consultations.note_matching import imported, match, origin_key, shown_text
from portal.consultations.note_pages import Value, WantedPage, digest_of, plain, wanted_pages
from portal.consultations.note_pairing import pair_with_original
from portal.consultations.page_models import (
    ConsultationIndexPage,
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)
from portal.consultations.rules import may_import
from portal.tables.report import Error, Outcome, Report

LEVELS: tuple[type[Any], ...] = (
    ConsultationPage,
    SegmentPage,
    ThematicAreaPage,
    GuidingQuestionPage,
)  # Any: Wagtail has no types
SLUGS = ("", "segment", "area", "question")


class NoIndex(Exception):
    """There is no consultation index in the language to put the pages under."""


@dataclass(slots=True)
class NoteReport(Report):
    """Its errors are pages left as they are: the file says something new, and so does an editor.

    `missing` are pages of an earlier import that the file no longer has; they stay as they are.
    `unpaired` are parts of a translation that are a translation of no page, `untranslated` pages without one.
    """

    missing: list[str] = field(default_factory=list)
    unpaired: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    page: ConsultationPage | None = None
    note: ConceptNote | None = None


def import_note(
    note: ConceptNote,
    *,
    language: str,
    fallback_title: str,
    actor: Actor,
    now: datetime,
    dry_run: bool = False,
) -> NoteReport:
    """Create and update draft pages; all of it or nothing. A dry run counts the same and keeps nothing."""
    if not may_import(actor):
        raise NotAllowed
    wanted = wanted_pages(note, fallback_title=fallback_title)
    with transaction.atomic():
        index = ConsultationIndexPage.objects.filter(locale__language_code=language).order_by("path").first()
        if index is None:
            raise NoIndex
        report = NoteReport(note=note)
        pairing = pair_with_original(wanted, locale_id=index.locale_id)
        report.unpaired, report.untranslated = pairing.unpaired, pairing.untranslated
        report.page = _Writer(report, index.locale_id, pairing.keys).write(index, (wanted,), 0)[0]
        if report.created or report.updated:
            details: dict[str, object] = {"created": report.created, "updated": report.updated}
            key = report.page.translation_key
            events.record("imported", kind="consultation", key=key, actor=actor, now=now, details=details)
        if dry_run:
            transaction.set_rollback(True)
    return report


@dataclass(slots=True)
class _Writer:
    """`keys` are the translation keys of the parts of a note that is a translation, by `id`."""

    report: NoteReport
    locale_id: int
    keys: Mapping[int, UUID]

    def write(self, parent: Page, wanted: tuple[WantedPage, ...], level: int) -> list[Any]:
        """The pages for `wanted` below `parent`, in its order."""
        present = imported(parent, LEVELS[level])
        matches = match(
            wanted, present, parent_key=getattr(parent, "import_key", ""), level=level, keys=self.keys
        )
        pages = [
            self._update(matches[position], page)
            if position in matches
            else self._create(parent, page, level)
            for position, page in enumerate(wanted)
        ]
        kept = {page.pk for page in matches.values()}
        if level:
            self.report.missing.extend(shown_text(page) for page in present if page.pk not in kept)
            _put_in_order(parent, pages)
        for page, wish in zip(pages, wanted, strict=True):
            if level + 1 < len(LEVELS):
                self.write(page, wish.children, level + 1)
        return pages

    def _create(self, parent: Page, wanted: WantedPage, level: int) -> Any:
        page = LEVELS[level](
            **wanted.fields,
            number=wanted.number,
            locale_id=self.locale_id,
            slug=_free_slug(parent, wanted, level),
            import_key=_free_key(parent, wanted, level),
            import_digest=wanted.digest,
            import_number=wanted.number,
            translation_key=self._free_translation_key(wanted),
            live=False,
            has_unpublished_changes=True,
        )
        parent.add_child(instance=page)
        page.save_revision(clean=False)  # it was cleaned a line above
        self.report.count(Outcome.CREATED)
        return page

    def _free_translation_key(self, wanted: WantedPage) -> UUID:
        """That of the page it translates, where that has no other translation in this language."""
        key = self.keys.get(id(wanted))
        pages = Page.objects.filter(translation_key=key, locale_id=self.locale_id)
        return uuid4() if key is None or pages.exists() else key

    def _update(self, page: Any, wanted: WantedPage) -> Any:
        draft = page.get_latest_revision_as_object()
        differing = [
            name for name, value in wanted.fields.items() if plain(getattr(draft, name)) != plain(value)
        ]
        changed = page.import_digest != wanted.digest and bool(differing)
        edited = digest_of({name: getattr(draft, name) for name in wanted.fields}) != page.import_digest
        if changed and edited:
            reason = _("An editor has changed this page since it was imported. It was left as it is.")
            self.report.errors.append(Error(wanted.where, ", ".join(differing), reason))
        elif changed or _renumbered(page, draft, wanted):
            self._save(page, draft, wanted, {name: wanted.fields[name] for name in differing if changed})
        else:
            self.report.count(Outcome.UNCHANGED)
        return page

    def _save(self, page: Any, draft: Any, wanted: WantedPage, fields: dict[str, Value]) -> None:
        if _renumbered(page, draft, wanted):
            draft.number = draft.import_number = page.import_number = wanted.number
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.import_digest = wanted.digest if fields else page.import_digest
        draft.save_revision()
        marks = {"import_digest": draft.import_digest, "import_number": page.import_number}
        type(page).objects.filter(pk=page.pk).update(**marks)
        self.report.count(Outcome.UPDATED)


def _renumbered(page: Any, draft: Any, wanted: WantedPage) -> bool:
    """Whether the file gives another number; one that an editor typed stays."""
    return bool(draft.number == page.import_number != wanted.number)


def _free_key(parent: Page, wanted: WantedPage, level: int) -> str:
    """The key of a new page; the same words twice below one parent get two keys."""
    key = origin_key(getattr(parent, "import_key", ""), wanted, level)
    while LEVELS[level].objects.child_of(parent).filter(import_key=key).exists():
        key = hashlib.sha256(f"{key}+".encode()).hexdigest()
    return key


def _free_slug(parent: Page, wanted: WantedPage, level: int) -> str:
    last = wanted.number.rsplit(".", 1)[-1]
    base = f"{SLUGS[level]}-{last}" if level else slugify(wanted.text)[:60].strip("-") or "consultation"
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    slug, count = base, 2
    while slug in taken:
        slug, count = f"{base}-{count}", count + 1
    return slug


def _put_in_order(parent: Page, pages: list[Any]) -> None:
    """Bring the imported pages below one parent into the note's order; other pages keep their places."""
    order = list(Page.objects.child_of(parent).order_by("path").values_list("pk", flat=True))
    wanted = [page.pk for page in pages]
    if [pk for pk in order if pk in set(wanted)] == wanted:
        return
    for before, after in pairwise(wanted):
        Page.objects.get(pk=after).move(Page.objects.get(pk=before), pos="right")
    for page in pages:
        page.refresh_from_db()
    parent.refresh_from_db()
