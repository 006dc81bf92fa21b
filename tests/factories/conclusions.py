"""Conclusions as drafts: a segment with an area, a recommendation and a footnote, and who took part."""

from uuid import UUID, uuid4

from django.utils import timezone

from portal.conclusions.enums import PartKind
from portal.conclusions.models import (
    Conclusions,
    Footnote,
    Part,
    ParticipantCategory,
    ParticipantText,
    PartText,
    Source,
)


def make_conclusions(
    consultation_key: UUID | None = None, *, words: str = "Words", language: str = "en", **fields: object
) -> Conclusions:
    """A draft that says `words` wherever it says something."""
    now = timezone.now()
    values = {"created_at": now, "updated_at": now, "number": 1} | fields
    conclusions = Conclusions.objects.create(
        consultation_key=consultation_key or uuid4(), language=language, **values
    )
    Source.objects.create(
        conclusions=conclusions, language=language, file_name=f"{words}.txt", digest="0" * 64, imported_at=now
    )
    parent: Part | None = None
    for position, kind in enumerate(
        (PartKind.SEGMENT, PartKind.PRIORITY_AREA, PartKind.RECOMMENDATION), start=1
    ):
        number = ".".join("1" * position)
        part = Part.objects.create(
            conclusions=conclusions, parent=parent, kind=kind, number=number, position=position
        )
        said = {"body": f"{words} here[^1]."} if kind == PartKind.RECOMMENDATION else {"heading": words}
        PartText.objects.create(part=part, language=language, is_official=True, **said)
        parent = part
    Footnote.objects.create(part=part, language=language, number="1", text=words)
    category = ParticipantCategory.objects.create(conclusions=conclusions, code="state", official_count=3)
    ParticipantText.objects.create(category=category, language=language, note=words, names=words)
    return conclusions
