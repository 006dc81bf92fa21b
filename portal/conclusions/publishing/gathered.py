"""Everything that publishing one version of conclusions needs, read once; and what stands in its way."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.errors import Problem
from portal.common.ids import public_id
from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES, language_in_text
from portal.conclusions.enums import REFLECTED, PartKind, Stance
from portal.conclusions.evidence_queries import (
    Spoke,
    by_category,
    current_recommendations,
    document_text,
    spoken,
    text_at,
)
from portal.conclusions.models import Conclusions, Disposition, Evidence, Part, PublicConclusions
from portal.conclusions.outline import Outline, outline_of, without_marks
from portal.conclusions.places import same_words
from portal.conclusions.support import Force, Support, supports
from portal.consultations.page_queries import Summary, consultations, numbers, summary_of
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind
from portal.publication.models import Record
from portal.taxonomy.queries import organization_type_names

# What the field of the screen is called that allows it.
CLOSES = "closes"


@dataclass(frozen=True)
class Gathered:
    """`evidence` holds by part what readers can see: passages of published records and public documents.

    Of a recommendation that was public before, also that evidence was withdrawn: no word, but the day.
    """

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
            if row.stance == Stance.SUPPORTS and row.intervention_key and row.withdrawn_at is None
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
    evidence_of = Evidence.objects.filter(part__conclusions=conclusions).select_related("part")
    rows = list(evidence_of.order_by("part_id", "position", "pk"))
    keys = {row.intervention_key for row in rows if row.intervention_key}
    records = Record.objects.filter(kind=RecordKind.INTERVENTION, source_key__in=keys)
    known = {record.source_key: record for record in records}
    sources = {key: record for key, record in known.items() if record.is_published}
    public = {record.source_key for record in current_recommendations(conclusions.consultation_key)}
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        shown = row.document or row.intervention_key in sources
        if row.withdrawn_at is not None:
            shown = (row.document or row.intervention_key in known) and row.part.key in public
        if shown:
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
        *_with_one_number(gathered),
        *_without_disposition(gathered),
    ]


def open_consultation(consultation: UUID, now: datetime) -> Summary | None:
    """The public consultation, while contributions can still be submitted to it: publishing ends that."""
    pages = (page for page in consultations(get_language() or DEFAULT) if page.key == consultation)
    summary = next((summary_of(page, numbers(), now) for page in pages), None)
    return summary if summary and summary.is_open else None


def closing(consultation: UUID, now: datetime) -> list[Problem]:
    """Says that publishing closes the consultation, where it is still open."""
    summary = open_consultation(consultation, now)
    if summary is None:
        return []
    if summary.deadline:
        message = _("The consultation is open %(until)s: publishing closes it at once.")
        return [Problem(CLOSES, message % {"until": summary.deadline})]
    return [Problem(CLOSES, _("The consultation is still open: publishing closes it at once."))]


def warnings_of(gathered: Gathered, *, now: datetime) -> list[Problem]:
    """What publishing takes away and leaves out: the time to contribute, recommendations, languages,
    participants, translations."""
    stored = gathered.outline.conclusions
    kept = {part.key for part in gathered.recommendations}
    message = _("%(number)s %(title)s: publishing withdraws it, these conclusions have it no more.")
    warnings = closing(stored.consultation_key, now)
    warnings += [
        Problem(f"record:{record.public_id}", message % {"number": record.public_id, "title": record.title})
        for record in current_recommendations(stored.consultation_key)
        if record.source_key not in kept
    ]
    current = PublicConclusions.objects.filter(
        consultation_key=stored.consultation_key, is_current=True
    ).first()
    if current is not None:
        warnings += _fewer_than(current, gathered)
    return [*warnings, *_untranslated(gathered)]


def _untranslated(gathered: Gathered) -> Iterator[Problem]:
    """Recommendations that lack one of the languages in which something of the conclusions becomes public."""
    outline = gathered.outline
    spoken = {text.language for part in outline.parts for text in outline.public_texts(part)}
    message = _("%(recommendation)s: no official translation in these languages: %(languages)s.")
    for part in gathered.recommendations:
        own = {text.language for text in outline.public_texts(part)}
        if missing := sorted(spoken - own - {outline.conclusions.language}):
            named = ", ".join(language_in_text(code) for code in missing)
            told = message % {"recommendation": called(part, outline), "languages": named}
            yield Problem(f"translation:{part.key}", told)


def _fewer_than(current: PublicConclusions, gathered: Gathered) -> Iterator[Problem]:
    """Languages and participants of the public version that this one lacks."""
    before = {language for part in current.content["parts"] for language in part["texts"]}
    now = {text.language for part in gathered.outline.parts for text in gathered.outline.public_texts(part)}
    for language in sorted(before - now):
        message = _(
            "The public version has this language, and these conclusions have it no more: %(language)s."
        )
        yield Problem(f"language:{language}", message % {"language": LANGUAGE_NAMES[language]})
    rows = gathered.outline.conclusions.participant_categories.values_list("code", flat=True)
    missing = sorted({row["category"] for row in current.content["participants"]} - set(rows))
    names = organization_type_names(get_language() or DEFAULT) if missing else {}
    for code in missing:
        message = _("The public version tells participants that are missing here: %(category)s.")
        yield Problem(f"participants:{code}", message % {"category": names.get(code, code)})


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
    elif not any(row.stance == Stance.SUPPORTS for row in evidence) and not (facts and facts.is_from_plenary):
        message = _("%(recommendation)s: all its evidence argues against it, and none supports it.")
        yield Problem(name_of_field, message % {"recommendation": name})
    for row in evidence:
        if row.withdrawn_at is None and not _still_says(row, gathered):
            message = _(
                "%(recommendation)s: %(source)s was corrected and does not say this passage any more."
            )
            source = row.document or gathered.sources[row.intervention_key].public_id  # type: ignore[index]
            yield Problem(f"evidence:{row.pk}", message % {"recommendation": name, "source": source})


def _with_one_number(gathered: Gathered) -> Iterator[Problem]:
    """Each number names one recommendation."""
    counts = Counter(part.number for part in gathered.recommendations if part.number)
    message = _("%(recommendation)s: another recommendation has this number too.")
    for part in gathered.recommendations:
        if counts[part.number] > 1:
            told = message % {"recommendation": called(part, gathered.outline)}
            yield Problem(f"recommendation:{part.key}", told)


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
