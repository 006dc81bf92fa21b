"""Writing a draft by hand, as verbs: begin it, add, word, move and remove its parts, summarize it.

What an import wrote keeps the digest of what it wrote: the next import knows by it what changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.characters import many_lines, one_line
from portal.common.digests import digest_of
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, Problem
from portal.conclusions import rules
from portal.conclusions.drafting.placement import (
    free_number,
    in_order,
    may_hold,
    put_in_order,
    with_all_below,
)
from portal.conclusions.drafts import KIND, changed, locked
from portal.conclusions.enums import PartKind
from portal.conclusions.importing.carrying import carry_over
from portal.conclusions.importing.versions import copy_version
from portal.conclusions.models import Conclusions, Disposition, Evidence, Part, PartText, Summary
from portal.conclusions.states import CLOSED
from portal.conclusions.trees import SegmentNamed

MAX_NUMBER = 99


@dataclass(frozen=True, slots=True)
class TextFields:
    """What a part says in one language."""

    language: str
    heading: str = ""
    body: str = ""
    is_official: bool = False


@transaction.atomic
def start_draft(
    consultation_key: UUID,
    *,
    language: str,
    segments: Sequence[SegmentNamed] = (),
    actor: Actor,
    now: datetime,
) -> Conclusions:
    """The first version, with the consultation's segments; after a published version a copy of it.

    Raises `Incomplete` where a draft is open already.
    """
    if not rules.may_back(actor):
        raise NotAllowed("draft conclusions")
    versions = Conclusions.objects.select_for_update().filter(consultation_key=consultation_key)
    latest = versions.order_by("-number").first()
    if latest is not None and latest.state not in CLOSED:
        raise _is_open()
    number = latest.number + 1 if latest else 1
    draft = _created(consultation_key, number, language, actor, now)
    if latest is None:
        _write_segments(draft, segments)
    else:
        copy_version(latest, draft)
        carry_over(draft)
    details: dict[str, object] = {"version": draft.number}
    events.record("started", kind=KIND, key=draft.key, actor=actor, now=now, details=details)
    return draft


@transaction.atomic
def add_part(
    conclusions: Conclusions,
    kind: PartKind,
    words: TextFields,
    *,
    above: Part | None = None,
    actor: Actor,
    now: datetime,
) -> Part:
    """A new part behind the last one that stands there."""
    draft = locked(conclusions.pk, actor)
    _require_place(draft, kind, above)
    _require_words(words)
    rows = list(draft.parts.all())
    part = Part(conclusions=draft, parent=above, kind=kind)
    part.number = free_number(rows) if kind == PartKind.SEGMENT else ""
    part.position = Part.with_removed.filter(conclusions=draft).count() + 1
    part.save()
    _write(part, words)
    put_in_order(draft, [above])
    part.refresh_from_db()
    changed(draft, "part_added", actor, now, part=str(part.key))
    return part


@transaction.atomic
def write_text(part: Part, words: TextFields, *, seen: str, actor: Actor, now: datetime) -> PartText:
    """The part's words in one language. Raises `OutOfDate` when they are not those of `seen` any more."""
    draft = locked(part.conclusions_id, actor)
    stored = part.texts.filter(language=words.language).first()
    typed = _cleaned(words)
    if mark_of(stored) not in {seen, _mark(typed)}:
        raise OutOfDate()
    if words.language == draft.language:
        _require_words(words)
    text = _write(part, typed)
    changed(draft, "part_written", actor, now, part=str(part.key), language=words.language)
    return text


@transaction.atomic
def number_segment(part: Part, number: str, *, actor: Actor, now: datetime) -> None:
    """The number by which a segment goes with that of the consultation; all below it is numbered anew."""
    draft = locked(part.conclusions_id, actor)
    if part.kind != PartKind.SEGMENT or number == part.number:
        return
    is_number = number.isascii() and number.isdecimal() and 0 < int(number) <= MAX_NUMBER
    if not is_number:
        raise Incomplete([Problem("number", _("Write a number from 1 to %(most)d.") % {"most": MAX_NUMBER})])
    if draft.parts.filter(kind=PartKind.SEGMENT, number=number).exclude(pk=part.pk).exists():
        raise Incomplete([Problem("number", _("Another segment has this number."))])
    part.number = number
    part.save(update_fields=["number"])
    put_in_order(draft, [part])
    changed(draft, "part_moved", actor, now, part=str(part.key))


@transaction.atomic
def move_up(part: Part, *, actor: Actor, now: datetime) -> bool:
    """Before its neighbour; False for the first one."""
    return _move(part, -1, actor, now)


@transaction.atomic
def move_down(part: Part, *, actor: Actor, now: datetime) -> bool:
    return _move(part, 1, actor, now)


@transaction.atomic
def place_below(part: Part, above: Part | None, *, actor: Actor, now: datetime) -> bool:
    """Take a part, with all below it, to the end of another segment or area."""
    draft = locked(part.conclusions_id, actor)
    part.refresh_from_db()
    if part.parent_id == (above.pk if above else None):
        return False
    _require_place(draft, PartKind(part.kind), above)
    if above is not None and above.pk in {row.pk for row in with_all_below(part)}:
        raise Incomplete([Problem("above", _("A part cannot stand in itself."))])
    before = part.parent
    part.parent, part.position = above, Part.with_removed.filter(conclusions=draft).count() + 1
    part.save(update_fields=["parent", "position"])
    put_in_order(draft, [before, above])
    changed(draft, "part_moved", actor, now, part=str(part.key))
    return True


@transaction.atomic
def remove_part(part: Part, *, actor: Actor, now: datetime) -> None:
    """With all below it and the evidence attached there; an import does not bring it back.

    Raises `Incomplete` while dispositions name one of its recommendations.
    """
    draft = locked(part.conclusions_id, actor)
    rows = with_all_below(part)
    naming = Disposition.objects.filter(part__in=rows).count()
    if naming:
        message = _(
            "%(number)d interventions are called reflected in it. Say first what becomes of them instead."
        )
        raise Incomplete([Problem("part", message % {"number": naming})])
    Evidence.objects.filter(part__in=rows).delete()
    above = part.parent
    imported = [row for row in rows if row.import_digest]
    Part.objects.filter(pk__in=[row.pk for row in imported]).update(removed_at=now)
    for row in reversed(rows):
        if not row.import_digest and not Part.with_removed.filter(parent=row).exists():
            row.delete()
        elif not row.import_digest:
            Part.objects.filter(pk=row.pk).update(removed_at=now)
    put_in_order(draft, [above])
    changed(draft, "part_removed", actor, now, part=str(part.key))


@transaction.atomic
def summarize(
    conclusions: Conclusions, *, language: str, text: str, seen: str, actor: Actor, now: datetime
) -> None:
    """What the conclusions say in plain words of one language; an empty text takes it away."""
    draft = locked(conclusions.pk, actor)
    stored = draft.summaries.filter(language=language).first()
    typed = many_lines(text)
    before = stored.text if stored else ""
    if summary_mark(before) not in {seen, summary_mark(typed)}:
        raise OutOfDate()
    if typed:
        Summary.objects.update_or_create(conclusions=draft, language=language, defaults={"text": typed})
    elif stored is not None:
        stored.delete()
    changed(draft, "summarized", actor, now, language=language)


def mark_of(text: PartText | None) -> str:
    """Names what a person has read of a part in one language."""
    if text is None:
        return _mark(TextFields(""))
    return _mark(TextFields(text.language, text.heading, text.body, text.is_official))


def summary_mark(text: str) -> str:
    return digest_of({"text": text})[:16]


def _mark(words: TextFields) -> str:
    said = {"heading": words.heading, "body": words.body, "is_official": words.is_official}
    return digest_of(said)[:16]


def _cleaned(words: TextFields) -> TextFields:
    return TextFields(words.language, one_line(words.heading), many_lines(words.body), words.is_official)


def _write(part: Part, words: TextFields) -> PartText:
    typed = _cleaned(words)
    values = {"heading": typed.heading, "body": typed.body, "is_official": typed.is_official}
    text, _is_new = PartText.objects.update_or_create(part=part, language=typed.language, defaults=values)
    return text


def _require_words(words: TextFields) -> None:
    if not (words.heading.strip() or words.body.strip()):
        raise Incomplete([Problem("body", _("Write a heading or a text."))])


def _require_place(draft: Conclusions, kind: PartKind, above: Part | None) -> None:
    is_here = above is None or (above.conclusions_id == draft.pk and not above.is_removed)
    if not is_here or not may_hold(above, kind):
        raise Incomplete([Problem("above", _("This kind of part cannot stand there."))])


def _move(part: Part, by: int, actor: Actor, now: datetime) -> bool:
    draft = locked(part.conclusions_id, actor)
    neighbours = [row for row in in_order(list(draft.parts.all())) if row.parent_id == part.parent_id]
    at = [row.pk for row in neighbours].index(part.pk) + by
    if not 0 <= at < len(neighbours):
        return False
    here, there = neighbours[at - by], neighbours[at]
    here.position, there.position = there.position, here.position
    Part.objects.bulk_update([here, there], ["position"])
    put_in_order(draft, [part.parent])
    changed(draft, "part_moved", actor, now, part=str(part.key))
    return True


def _created(key: UUID, number: int, language: str, actor: Actor, now: datetime) -> Conclusions:
    """The database lets one open version in, whoever else begins one at this moment."""
    try:
        with transaction.atomic():
            return Conclusions.objects.create(
                consultation_key=key,
                number=number,
                language=language,
                author_id=actor.user_id,
                created_at=now,
                updated_at=now,
            )
    except IntegrityError:
        raise _is_open() from None


def _write_segments(draft: Conclusions, segments: Sequence[SegmentNamed]) -> None:
    """One part each, its titles in all the languages that the consultation's page has."""
    for position, segment in enumerate(segments, start=1):
        part = draft.parts.create(kind=PartKind.SEGMENT, number=segment.number, position=position)
        PartText.objects.bulk_create(
            PartText(part=part, language=code, heading=title, is_official=True)
            for code, title in segment.titles.items()
        )


def _is_open() -> Incomplete:
    message = _("A draft of this consultation is open already. Go on writing that one.")
    return Incomplete([Problem("consultation", message)])
