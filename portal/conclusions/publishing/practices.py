"""Good practices that stand in conclusions, as public records of their own; publishing calls it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from portal.common.actors import Actor
from portal.conclusions.enums import PartKind
from portal.conclusions.models import Part, PartText
from portal.conclusions.outline import Outline, readable, without_marks
from portal.conclusions.publishing.projection import title_of
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.projections import Projection, Translated, summary_of


def publish_practices(
    outline: Outline, *, before: Collection[UUID], year: int, actor: Actor, now: datetime
) -> None:
    """Those of this version; of those the version `before` had, what this one has not is withdrawn."""
    kept = set()
    for part in outline.of_kind(PartKind.GOOD_PRACTICE):
        if texts := outline.public_texts(part):
            ledger.publish(_projection(part, texts, outline, year), actor=actor, now=now)
            kept.add(part.key)
    for key in {*before} - kept:
        ledger.withdraw(RecordKind.PRACTICE, key, actor=actor, now=now)


def _projection(part: Part, texts: list[PartText], outline: Outline, year: int) -> Projection:
    """Conclusions tell a practice in one text: it stands as what was done."""
    original, *others = texts
    return Projection(
        kind=RecordKind.PRACTICE,
        source_key=part.key,
        language=original.language,
        title=title_of(original),
        summary=summary_of(without_marks(original.body or original.heading)),
        year=year,
        texts=_texts(original),
        facts={"consultation": str(outline.conclusions.consultation_key)},
        translations=tuple(
            Translated(language=text.language, title=title_of(text), texts=_texts(text)) for text in others
        ),
    )


def _texts(text: PartText) -> dict[str, str | list[str]]:
    return {"measure": readable(text.body or text.heading)}
