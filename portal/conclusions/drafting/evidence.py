"""Passages into a draft, several at once, as verbs: to a recommendation that stands there or to a new one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.errors import Incomplete, Problem
from portal.conclusions.domain import Passage, attach_evidence
from portal.conclusions.drafting.domain import TextFields, add_part
from portal.conclusions.enums import PartKind, Stance
from portal.conclusions.models import Conclusions, Evidence, Part


@transaction.atomic
def attach_passages(
    part: Part, passages: Sequence[Passage], *, stance: Stance, note: str, actor: Actor, now: datetime
) -> list[Evidence]:
    """All of them or none."""
    if not passages:
        raise Incomplete([Problem("words", _("Mark a passage: tick a sentence or write the words."))])
    return [
        attach_evidence(part, passage, stance=stance, note=note, actor=actor, now=now) for passage in passages
    ]


@transaction.atomic
def recommend(
    conclusions: Conclusions,
    body: str,
    passages: Sequence[Passage],
    *,
    above: Part,
    note: str,
    actor: Actor,
    now: datetime,
) -> Part:
    """A new recommendation in the language of the draft, with the passages it comes from."""
    words = TextFields(conclusions.language, body=body, is_official=True)
    part = add_part(conclusions, PartKind.RECOMMENDATION, words, above=above, actor=actor, now=now)
    attach_passages(part, passages, stance=Stance.SUPPORTS, note=note, actor=actor, now=now)
    return part
