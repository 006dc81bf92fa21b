"""A dossier as its page, its print and its export show it: what may be read of each passage now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.formatting import moment
from portal.observatory.dossiers.models import Item
from search.index.builders.base import identity_of
from search.results.citation import PORTAL, Citation, as_text, is_document, permalink
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

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def name(self) -> str:
        """What a heading or a button calls it."""
        return self.title or self.number or _("A page of this site")

    @property
    def where(self) -> str:
        parts = [_("page %(number)s") % {"number": self.page}] if self.page else []
        if self.heading and self.heading != self.title and not self.text.startswith(self.heading):
            parts.append(self.heading[:LONGEST_HEADING])
        return ", ".join(parts)

    @property
    def citation(self) -> str:
        """Who says it, where, and the address that stays; nothing of a withdrawn passage."""
        if self.is_withdrawn:
            return ""
        identity = identity_of(self.document)
        return as_text(
            Citation(
                identity=identity,
                kind=self.kind,
                language=self.language,
                position=self.position,
                author=_one_line(self.source) or ("" if is_document(identity) else PORTAL),
                title=_one_line(self.title),
                year=self.year,
                page=str(self.page or ""),
                url=self.permanent,
                seen=timezone.localdate(self.collected_at),
                text=self.text,
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
    return [
        _shown(item, place, ui, is_public=item.document in public)
        for place, item in enumerate(items, start=first)
    ]


def _shown(item: Item, place: int, ui: str, *, is_public: bool) -> Shown:
    is_readable = is_public and item.withdrawn_at is None
    return Shown(
        pk=item.pk,
        place=place,
        state=_state(item, is_readable),
        number=item.number,
        title=item.title if is_readable else "",
        source=item.source if is_readable else "",
        year=item.year if is_readable else None,
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
        permanent=settings.SITE_URL + permalink(item.identity, item.language, item.position),
    )


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


def _one_line(text: str) -> str:
    return " ".join(text.split())
