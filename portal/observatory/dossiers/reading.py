"""A dossier as its page, its print and its export show it: what may be read of each passage now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.formatting import moment
from portal.library.addresses import words_key
from portal.observatory.dossiers.models import Item
from search.index.builders.base import identity_of
from search.results.citation import LibraryFacts, as_text, library_facts, passage_citation, permalink
from search.results.visibility import public_ids

LONGEST_HEADING = 120


class State(StrEnum):
    SAME = "same"
    CHANGED = "changed"  # other words stand in its place
    MISSING = "missing"  # nothing stands in its place
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage in its dossier. Of a withdrawn one there are no words, only what is said about it.

    `place` counts from 1; `path` opens the document at the passage, `permanent` is the address to cite.
    `facts` are those of the library as they are now; where the words stand no more, `page` counts.
    """

    pk: int
    place: int
    state: State
    number: str
    title: str
    source: str
    year: int | None
    kind: str
    language: str
    document: str
    position: int
    page: int | None
    heading: str
    text: str
    current_text: str
    sha256: str
    comment: str
    question: str
    collected_at: datetime
    changed_at: datetime | None
    withdrawn_at: datetime | None
    may_come_back: bool
    path: str
    permanent: str
    facts: LibraryFacts | None

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def identity(self) -> str:
        return identity_of(self.document)

    @property
    def name(self) -> str:
        """What a heading or a button calls it."""
        return self.title or self.number or _("A page of this site")

    @property
    def where(self) -> str:
        page = (self.facts.page if self.facts else "") or self.page
        parts = [_("page %(number)s") % {"number": page}] if page else []
        if self.heading and self.heading != self.title and not self.text.startswith(self.heading):
            parts.append(self.heading[:LONGEST_HEADING])
        return ", ".join(parts)

    @property
    def citation(self) -> str:
        """Who says it, where, and the address that stays; nothing of a withdrawn passage."""
        if self.is_withdrawn:
            return ""
        return as_text(
            passage_citation(
                identity=self.identity,
                kind=self.kind,
                language=self.language,
                position=self.position,
                source=self.source,
                title=self.title,
                year=self.year,
                page=self.page,
                text=self.text,
                facts=self.facts,
                site=settings.SITE_URL,
                seen=timezone.localdate(self.collected_at),
            )
        )

    @property
    def told(self) -> str:
        """What a reader must know before quoting it; empty when all is as it was."""
        if self.state == State.CHANGED:
            return _("The document has changed since this passage was collected. Now it reads:")
        if self.state == State.MISSING:
            return _("The document has changed, and this passage is not in it any more.")
        if not self.is_withdrawn:
            return ""
        if self.withdrawn_at is None:
            return _("Withdrawn. Its text cannot be read here any more.")
        at = {"date": moment(self.withdrawn_at, is_full=True)}
        if self.may_come_back:
            return _("Taken down; noted here on %(date)s. Its text stands here again if that is undone.") % at
        return _("Withdrawn; noted here on %(date)s. Its text cannot be read here any more.") % at


def shown(items: Sequence[Item], *, ui: str, first: int = 1) -> list[Shown]:
    """The items in order, the first of them at the place `first`. Publicness is asked anew."""
    public = public_ids({item.document for item in items})
    facts = library_facts({(item.identity, item.position) for item in items if item.document in public})
    return [
        _shown(item, place, ui, facts.get((item.identity, item.position)), is_public=item.document in public)
        for place, item in enumerate(items, start=first)
    ]


def _shown(item: Item, place: int, ui: str, known: LibraryFacts | None, *, is_public: bool) -> Shown:
    is_readable = is_public and item.withdrawn_at is None
    facts = _facts(item, known) if is_readable else None
    words = words_key(item.text) if facts else ""
    return Shown(
        pk=item.pk,
        place=place,
        state=_state(item, is_readable),
        number=item.number,
        title=item.title if is_readable else "",
        source=item.source if is_readable else "",
        year=(facts.year if facts else item.year) if is_readable else None,
        kind=item.kind,
        language=item.language,
        document=item.document,
        position=item.position,
        page=item.page,
        heading=item.heading if is_readable else "",
        text=item.text if is_readable else "",
        current_text=item.current_text if is_readable else "",
        sha256=item.sha256 if is_readable else "",
        comment=item.comment,
        question=item.question if is_readable else "",
        collected_at=item.collected_at,
        changed_at=item.changed_at,
        withdrawn_at=item.withdrawn_at,
        may_come_back=item.hidden is not None,
        path=_path(item, ui) if is_readable else "",
        permanent=settings.SITE_URL + permalink(item.identity, item.language, item.position, words),
        facts=facts,
    )


def _facts(item: Item, known: LibraryFacts | None) -> LibraryFacts | None:
    """The page is that of the words that were collected, as long as they stand there."""
    return replace(known, page="") if known and item.changed_at is not None else known


def _state(item: Item, is_readable: bool) -> State:
    if not is_readable:
        return State.WITHDRAWN
    if item.changed_at is None:
        return State.SAME
    return State.CHANGED if item.current_text else State.MISSING


def _path(item: Item, ui: str) -> str:
    """Opens the document at the passage with the words marked by which it was found."""
    query = {"q": item.question} if item.question else {}
    if item.anchor:
        query["passage"] = str(item.position)
    anchor = f"#{item.anchor}" if item.anchor else ""
    return f"{item.path.replace('{ui}', ui)}{f'?{urlencode(query)}' if query else ''}{anchor}"
