"""Every intervention on a consultation with what the draft says became of it; the desk's views call it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from portal.common.ids import public_id
from portal.conclusions.enums import TONES, Outcome, PartKind
from portal.conclusions.evidence_queries import Spoke, spoken
from portal.conclusions.models import Conclusions, Disposition, Part
from portal.conclusions.outline import outline_of
from portal.conclusions.publishing.gathered import called
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind
from portal.publication.models import Record
from portal.publication.queries import in_language, published, titled
from portal.records.trace_links import foreign

PAGE_SIZE = 50
# In place of an outcome: nothing says yet what became of it.
NONE = "none"
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """An intervention; `outcome` is empty while there is none. `lang` where it is not the reader's."""

    key: UUID
    number: str
    title: str
    url: str
    lang: str
    author: str
    segments: str
    outcome: str = ""
    tone: str = ""
    recommendation: str = ""
    reason: str = ""
    reason_lang: str = ""
    decided_at: datetime | None = None
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of them: first what nothing says of, then by number. `states`: code, label, how many."""

    rows: list[Row]
    page: Page[UUID]
    states: list[tuple[str, str, int]]
    segments: Choices
    state: str
    segment: str
    choices: Choices


def listing(
    conclusions: Conclusions,
    language: str,
    *,
    segment: str = "",
    state: str = "",
    page: str | None = None,
    ticked: Collection[UUID] = (),
    all_ticked: bool = False,
) -> Listing:
    """Seven queries, whatever the number of interventions. What is `ticked` stands on it in any case;
    `all_ticked` are those of the page."""
    all_spoken = spoken(conclusions.consultation_key)
    disposed = {row.intervention_key: row for row in conclusions.dispositions.select_related("part")}
    segments = sorted({number for row in all_spoken.values() for number in row.segments})
    segment = segment if segment in segments else ""
    of_segment = {k: row for k, row in all_spoken.items() if not segment or segment in row.segments}
    counts = Counter(_state(disposed.get(key)) for key in of_segment)
    state = state if state in (NONE, *Outcome.values) else ""
    kept = [key for key in of_segment if state in ("", _state(disposed.get(key)))]
    kept.sort(key=lambda key: (key in disposed, all_spoken[key].pk))
    part = Paginator(kept, PAGE_SIZE).get_page(page)
    ticked = {*part, *ticked} if all_ticked else ticked
    shown = list(dict.fromkeys([*part, *(key for key in ticked if key in all_spoken)]))
    return Listing(
        rows=_rows(shown, all_spoken, disposed, conclusions.language, language, ticked),
        page=part,
        states=_states(counts),
        segments=[(number, _("Segment %(number)s") % {"number": number}) for number in segments],
        state=state,
        segment=segment,
        choices=[(str(key), row.title) for key, row in all_spoken.items()],
    )


def recommendations(conclusions: Conclusions) -> Choices:
    """Keys of its recommendations with number and the beginning of their words. Five queries."""
    outline = outline_of(conclusions)
    return [(str(part.key), called(part, outline)) for part in outline.of_kind(PartKind.RECOMMENDATION)]


def without_evidence(part: Part, keys: Collection[UUID]) -> list[str]:
    """The numbers of those of which no passage is attached to the recommendation. Two queries."""
    backed = part.evidence.filter(withdrawn_at__isnull=True).values_list("intervention_key", flat=True)
    rows = published(RecordKind.INTERVENTION).filter(source_key__in=set(keys) - set(backed)).order_by("pk")
    return [row.public_id for row in rows]


def _state(row: Disposition | None) -> str:
    return row.outcome if row else NONE


def _states(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    named = [("", _("All")), (NONE, _("none yet")), *((each.value, str(each.label)) for each in Outcome)]
    total = sum(counts.values())
    return [(code, label, counts.get(code, 0) if code else total) for code, label in named]


def _rows(
    keys: Sequence[UUID],
    all_spoken: Mapping[UUID, Spoke],
    disposed: Mapping[UUID, Disposition],
    original: str,
    language: str,
    ticked: Collection[UUID],
) -> list[Row]:
    rows = in_language(published(RecordKind.INTERVENTION).filter(source_key__in=keys), language)
    records = {record.source_key: record for record in rows}
    return [
        _row(records[key], all_spoken[key], disposed.get(key), original, language, is_ticked=key in ticked)
        for key in keys
        if key in records
    ]


def _row(
    record: Record,
    spoke: Spoke,
    disposition: Disposition | None,
    original: str,
    language: str,
    *,
    is_ticked: bool,
) -> Row:
    title, told_in = titled(record, language)
    row = Row(
        key=record.source_key,
        number=public_id(ledger_kind(RecordKind.INTERVENTION).letter, spoke.pk),
        title=title,
        url=record.path(language),
        lang=foreign(told_in, language),
        author=record.author_name,
        segments=", ".join(sorted(spoke.segments)),
        is_ticked=is_ticked,
    )
    return _told(row, disposition, original, language) if disposition else row


def _told(row: Row, disposition: Disposition, original: str, language: str) -> Row:
    outcome = Outcome(disposition.outcome)
    translated = disposition.translations.get(language, "")
    return replace(
        row,
        outcome=str(outcome.label),
        tone=TONES.get(outcome, ""),
        recommendation=disposition.part.number if disposition.part else "",
        reason=translated or disposition.reason,
        reason_lang="" if translated else foreign(original, language),
        decided_at=disposition.decided_at,
    )
