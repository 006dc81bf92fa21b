"""A draft as the screens of the desk show it: its recommendations with what backs them, its evidence."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.conclusions.enums import PartKind, Stance
from portal.conclusions.models import Conclusions, Evidence, Part, PartText
from portal.conclusions.outline import Outline, without_marks
from portal.publication.projections import summary_of

CALLED = 90


@dataclass(frozen=True, slots=True)
class Drafted:
    """A recommendation with how many passages support it, argue against it, and need attention."""

    part: Part
    words: str
    lang: str
    supports: int
    against: int
    flagged: int
    is_from_plenary: bool

    @property
    def is_backed(self) -> bool:
        return bool(self.supports or self.against or self.is_from_plenary)


def evidence_of(draft: Conclusions) -> QuerySet[Evidence]:
    """All that is attached in a draft."""
    return Evidence.objects.filter(part__conclusions=draft, part__removed_at__isnull=True)


def counts_by_source(rows: Sequence[Evidence]) -> Counter[UUID]:
    """How many passages of each intervention are attached."""
    return Counter(row.intervention_key for row in rows if row.intervention_key)


def flagged(rows: Sequence[Evidence]) -> list[Evidence]:
    """Those whose text was corrected or withdrawn."""
    return [row for row in rows if row.corrected_at or row.withdrawn_at]


def to_do(row: Evidence) -> str:
    """What became of a flagged passage, and what to do."""
    if row.withdrawn_at:
        told = {"day": day(row.withdrawn_at)}
        if row.hidden is not None:
            return _("Taken down on %(day)s. Its words stand here again if that is undone.") % told
        return (
            _("Withdrawn on %(day)s: none of its words are kept. Attach another passage, or detach this one.")
            % told
        )
    return _("The text was corrected and no longer says these words. Mark what it says now, or detach them.")


def drafted(
    outline: Outline, rows: Sequence[Evidence], language: str, segment: Part | None = None
) -> list[Drafted]:
    """The recommendations of a segment, or of the whole draft, in their order. No query."""
    by_part: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        by_part[row.part_id].append(row)
    parts = outline.of_kind(PartKind.RECOMMENDATION)
    chosen = (part for part in parts if segment is None or is_in(part, segment, outline))
    return [_drafted(part, outline, by_part[part.pk], language) for part in chosen]


def is_in(part: Part, segment: Part, outline: Outline) -> bool:
    above = outline.above(part, PartKind.SEGMENT)
    return above is not None and above.pk == segment.pk


def areas_of(outline: Outline, segment: Part) -> list[Part]:
    """The segment itself and its priority areas: where a recommendation may stand."""
    areas = [part for part in outline.of_kind(PartKind.PRIORITY_AREA) if is_in(part, segment, outline)]
    return [segment, *areas]


def text_in(part: Part, *languages: str) -> PartText | None:
    """In the first of the languages that has words. Uses prefetched texts."""
    texts = {text.language: text for text in part.texts.all() if text.heading or text.body}
    return next((texts[code] for code in languages if code in texts), next(iter(texts.values()), None))


def called(part: Part, *languages: str) -> str:
    """Its number and the beginning of its words."""
    text = text_in(part, *languages)
    said = without_marks(text.heading or text.body) if text else ""
    return f"{part.number} {summary_of(said, CALLED)}".strip() or str(part.get_kind_display())


def words_by_language(parts: Sequence[Part]) -> dict[str, dict[UUID, str]]:
    """What recommendations say, by language and key, to compare others with."""
    said: dict[str, dict[UUID, str]] = defaultdict(dict)
    for part in parts:
        for text in part.texts.all():
            said[text.language][part.key] = without_marks(f"{text.heading} {text.body}")
    return said


def unbacked(rows: Sequence[Drafted]) -> int:
    return sum(not row.is_backed for row in rows)


def _drafted(part: Part, outline: Outline, rows: Sequence[Evidence], language: str) -> Drafted:
    text = text_in(part, language, outline.conclusions.language)
    facts, standing = getattr(part, "facts", None), [row for row in rows if not row.withdrawn_at]
    stances: Mapping[str, int] = Counter(row.stance for row in standing)
    return Drafted(
        part=part,
        words=without_marks(text.heading or text.body) if text else "",
        lang=text.language if text and text.language != language else "",
        supports=stances.get(Stance.SUPPORTS, 0),
        against=stances.get(Stance.AGAINST, 0),
        flagged=len(flagged(rows)),
        is_from_plenary=bool(facts and facts.is_from_plenary),
    )
