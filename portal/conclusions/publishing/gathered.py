"""Everything that publishing one version of conclusions needs, read once; and what stands in its way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.errors import Problem
from portal.common.ids import public_id
from portal.common.languages import DEFAULT
from portal.conclusions.enums import Outcome, PartKind, Stance
from portal.conclusions.evidence_queries import Spoke, by_category, document_text, spoken, text_at
from portal.conclusions.models import Conclusions, Disposition, Evidence, Part
from portal.conclusions.outline import Outline, outline_of, without_marks
from portal.conclusions.places import same_words
from portal.conclusions.support import Force, Support, supports
from portal.publication.enums import RecordKind, RecordState
from portal.publication.kinds import ledger_kind
from portal.publication.models import Record
from portal.taxonomy.queries import organization_type_names

REFLECTED = frozenset({Outcome.REFLECTED, Outcome.PARTLY, Outcome.ALREADY_COVERED})


@dataclass(frozen=True)
class Gathered:
    """`evidence` holds by part what readers can see: passages of published records and public documents."""

    outline: Outline
    evidence: Mapping[int, Sequence[Evidence]]
    sources: Mapping[UUID, Record]
    dispositions: Mapping[UUID, Disposition]
    spoken: Mapping[UUID, Spoke]
    categories: Sequence[str]

    @property
    def recommendations(self) -> list[Part]:
        return self.outline.of_kind(PartKind.RECOMMENDATION)

    def support(self, part: Part) -> tuple[Support, ...]:
        """By the rule, or as an editor set it."""
        segment = self.outline.above(part, PartKind.SEGMENT)
        spoke = by_category(self.spoken, segment.number if segment else None)
        backed = [
            self.sources[row.intervention_key].organization_id
            for row in self.evidence.get(part.pk, ())
            if row.stance == Stance.SUPPORTS and row.intervention_key
        ]
        chosen = {row.category: Force(row.force) for row in part.force_choices.all()}
        return supports(spoke, backed, self.categories, chosen)

    def reflected(self, part: Part) -> list[str]:
        """Interventions that the dispositions call reflected in a recommendation."""
        return [
            str(key)
            for key, row in self.dispositions.items()
            if row.part_id == part.pk and row.outcome in REFLECTED
        ]


def gather(conclusions: Conclusions) -> Gathered:
    """As it is now. The number of queries depends on documents among the evidence only."""
    rows = list(
        Evidence.objects.filter(part__conclusions=conclusions, withdrawn_at__isnull=True).order_by(
            "part_id", "position", "pk"
        )
    )
    keys = {row.intervention_key for row in rows if row.intervention_key}
    records = Record.objects.filter(
        kind=RecordKind.INTERVENTION, state=RecordState.PUBLISHED, source_key__in=keys
    )
    sources = {record.source_key: record for record in records}
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        if row.document or row.intervention_key in sources:
            evidence[row.part_id].append(row)
    return Gathered(
        outline=outline_of(conclusions),
        evidence=evidence,
        sources=sources,
        dispositions={row.intervention_key: row for row in conclusions.dispositions.all()},
        spoken=spoken(conclusions.consultation_key),
        categories=list(organization_type_names(DEFAULT)),
    )


def problems_of(gathered: Gathered) -> list[Problem]:
    """All that stands between a draft and its publication, each named by what it is about."""
    if not gathered.recommendations:
        return [Problem("conclusions", _("There is no recommendation to publish."))]
    return [
        *(each for part in gathered.recommendations for each in _of_recommendation(part, gathered)),
        *_without_disposition(gathered),
    ]


def called(part: Part, outline: Outline) -> str:
    """How a list of problems names a recommendation: its number and the beginning of its words."""
    text = outline.text_of(part)
    said = without_marks(text.heading or text.body) if text else ""
    return f"{part.number} {said[:60]}".strip() or str(part.key)


def _of_recommendation(part: Part, gathered: Gathered) -> Iterator[Problem]:
    name, name_of_field = called(part, gathered.outline), f"recommendation:{part.key}"
    if not gathered.outline.public_texts(part):
        message = _("%(recommendation)s: it has no words.") % {"recommendation": name}
        yield Problem(name_of_field, message)
    facts = getattr(part, "facts", None)
    evidence = gathered.evidence.get(part.pk, ())
    if not evidence and not (facts and facts.is_from_plenary):
        message = _("%(recommendation)s: no published evidence, and not marked as from the plenary.")
        yield Problem(name_of_field, message % {"recommendation": name})
    for row in evidence:
        if not _still_says(row, gathered):
            message = _(
                "%(recommendation)s: %(source)s was corrected and does not say this passage any more."
            )
            source = row.document or gathered.sources[row.intervention_key].public_id  # type: ignore[index]
            yield Problem(f"evidence:{row.pk}", message % {"recommendation": name, "source": source})


def _still_says(row: Evidence, gathered: Gathered) -> bool:
    """True when the public text says the words at the place of the evidence."""
    if row.intervention_key is None:
        source = document_text(row.document, row.field)
        text = source.text if source else None
    else:
        text = text_at(gathered.sources[row.intervention_key].texts, row.field)
    return text is not None and same_words(text[row.start : row.end], row.words)


def _without_disposition(gathered: Gathered) -> Iterator[Problem]:
    letter = ledger_kind(RecordKind.INTERVENTION).letter
    for key, row in gathered.spoken.items():
        if key not in gathered.dispositions:
            message = _("%(number)s %(title)s: nothing says what became of it.")
            told = {"number": public_id(letter, row.pk), "title": row.title}
            yield Problem(f"intervention:{key}", message % told)
