"""What an editor decides about the participants of a draft, as verbs: the official figure, the paragraph."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.errors import Incomplete, Problem
from portal.common.languages import DEFAULT
from portal.conclusions.drafts import changed, locked
from portal.conclusions.enums import PartKind, Unit
from portal.conclusions.models import Conclusions, Footnote, Part, ParticipantCategory
from portal.conclusions.participation.counting import NOBODY, counted
from portal.conclusions.participation.presences import presences_at
from portal.conclusions.participation.words import Paragraph
from portal.taxonomy.queries import organization_type_names

OPENING = (PartKind.COVER, PartKind.INTRODUCTION, PartKind.INAUGURATION)


@transaction.atomic
def set_figure(
    conclusions: Conclusions,
    *,
    category: str,
    figure: int | None,
    unit: Unit,
    note: str,
    actor: Actor,
    now: datetime,
) -> ParticipantCategory:
    """The official figure of a category, None for none; the note says why the data gives another."""
    stored = locked(conclusions.pk, actor)
    row = ParticipantCategory.objects.filter(conclusions=stored, code=category).first()
    if row is None and category not in organization_type_names(DEFAULT):
        raise Incomplete([Problem("category", _("There is no such category."))])
    said = counted(presences_at(stored.consultation_key)).get(category, NOBODY).number(unit)
    if figure is not None and figure != said and not note.strip():
        raise Incomplete([Problem("note", _("Say why the figure is another one than the data gives."))])
    if row is not None and (row.official_count, row.unit) == (figure, unit.value):
        told = row.texts.filter(language=stored.language).first()
        if (told.note if told else "") == note.strip():
            return row
    row = row or ParticipantCategory(
        conclusions=stored, code=category, position=stored.participant_categories.count() + 1
    )
    row.official_count, row.unit = figure, unit.value
    row.save()
    row.texts.update_or_create(language=stored.language, defaults={"note": note.strip()})
    changed(stored, "participants_set", actor, now, category=category)
    return row


@transaction.atomic
def adopt_words(
    conclusions: Conclusions, paragraphs: Collection[Paragraph], *, actor: Actor, now: datetime
) -> Part:
    """The paragraphs become the text of the part on participants, with their footnotes, in each language."""
    stored = locked(conclusions.pk, actor)
    part = stored.parts.filter(kind=PartKind.PARTICIPANTS).first() or _new_part(stored)
    for each in paragraphs:
        part.texts.update_or_create(language=each.language, defaults={"body": each.body, "is_official": True})
        part.footnotes.filter(language=each.language).delete()
        Footnote.objects.bulk_create(
            Footnote(part=part, language=each.language, number=number, text=text)
            for number, text in each.footnotes
        )
    changed(stored, "participants_set", actor, now, part=str(part.key))
    return part


def first_footnote(conclusions: Conclusions) -> int:
    """The number after the footnotes of all other parts. One query."""
    rows = Footnote.objects.filter(part__conclusions=conclusions).exclude(part__kind=PartKind.PARTICIPANTS)
    numbers = [int(number) for number in rows.values_list("number", flat=True) if number.isdecimal()]
    return max(numbers, default=0) + 1


def _new_part(conclusions: Conclusions) -> Part:
    """Behind the opening of the document."""
    before = conclusions.parts.filter(kind__in=OPENING).aggregate(last=Max("position"))["last"]
    return Part.objects.create(conclusions=conclusions, kind=PartKind.PARTICIPANTS, position=before or 0)
