"""The page of published conclusions: we asked, you said, we did; who took part, what became of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.phrases import language_in_text
from portal.conclusions.document.participant_words import TOTAL
from portal.conclusions.enums import TONES, Outcome, PartKind, Unit
from portal.conclusions.models import PublicConclusions, PublicDisposition
from portal.conclusions.participation.counting import Counted, Way, counted
from portal.conclusions.participation.presences import (
    links_of,
    organizations_named,
    presences_at,
    public_figures,
)
from portal.conclusions.participation.rows import counted_for
from portal.conclusions.public.document import (
    Node,
    document_of,
    in_reader_language,
    languages_of,
    number_of,
    translated_whole,
)
from portal.conclusions.public.forms import OutcomeFilters
from portal.conclusions.public.queries import dispositions, drawn_on, in_their_order, reason_of
from portal.consultations.page_queries import Numbers, numbers
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import in_language, published
from portal.records.listing import list_item
from portal.records.lists import PAGE_SIZE
from portal.records.trace_links import foreign
from portal.records.types import record_type


@dataclass(frozen=True, slots=True)
class Unpublished:
    """What a preview brings: its recommendations by key, what became of interventions, and the keys of the
    recommendations that each of them went into."""

    records: Mapping[str, Record]
    disposed: Sequence[PublicDisposition]
    drawn: Mapping[UUID, Sequence[UUID]]


def page_of(
    public: PublicConclusions,
    language: str,
    type_names: Mapping[str, str],
    *,
    slug: str,
    url: str,
    asked: Mapping[str, str],
    now: datetime,
    draft: Unpublished | None = None,
) -> dict[str, Any]:
    """The inputs of `conclusions/conclusions.html` beside the consultation's own. At most nine queries.

    `asked` is what the address asks the list of what became of contributions.

    A preview brings what is not public yet.
    """
    records = draft.records if draft else None
    root = document_of(public, language, records)
    disposed = in_their_order(draft.disposed) if draft else dispositions(public)
    counts = numbers()
    later = _later(public, counts.interventions(public.consultation_key) - len(disposed))
    return {
        "public": public,
        "summary": summary_of(public, language),
        "figures": _figures(
            counts, public.consultation_key, number_of(root), language, slug, url, len(disposed), later
        ),
        "participants": participants_of(public, language, type_names),
        "took_part": next(iter(root.below(PartKind.PARTICIPANTS)), None),
        "parts": [_shown(part, language, now) for part in root.parts if part.kind != PartKind.PARTICIPANTS],
        "became": _became(disposed, public, language, type_names, asked=asked, draft=draft)
        | {"later": later},
        "translated": [language_in_text(code) for code in translated_whole(public, records)],
        "is_foreign": language not in languages_of(public),
        "recommendations": f"/{language}/recommendations/?consultation={slug}",
        "api": f"/api/v1/conclusions/{slug}?ui={language}",
    }


def summary_of(public: PublicConclusions, language: str) -> dict[str, str]:
    """What it says in plain words; `lang` is set where they are not in the reader's language."""
    texts = public.content.get("summaries", {})
    text, lang = in_reader_language(texts, language, public.language)
    return {"text": text, "lang": lang} if text else {}


def participants_of(
    public: PublicConclusions, language: str, type_names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Rows of the chart of participants: those of the document in its order, then what the data alone gives.

    A note says what a figure counts; `computed` is what the data gives today, in the same unit, with the
    organizations it counts. Two queries, more for a preview of what nothing is public of.
    """
    figures = public_figures().get(public.consultation_key)
    figures = counted(presences_at(public.consultation_key)) if figures is None else figures
    named = organizations_named({pk for row in figures.values() for pk in row.organizations}, language)
    told = [row["category"] for row in public.content["participants"]]
    counted_alone = (
        [] if TOTAL in told else [code for code in type_names if code in figures and code not in told]
    )
    rows = [*public.content["participants"], *(_from_data(code, figures[code]) for code in counted_alone)]
    return [_participants(row, public, language, type_names, figures, named) for row in rows]


def _from_data(code: str, data: Counted) -> dict[str, Any]:
    """A category that the document does not name, as if it told what the data gives."""
    unit = Unit.BODIES if data.bodies else Unit.PERSONS
    return {
        "category": code,
        "count": data.number(unit),
        "counted": data.ways.get(Way.SPOKE, 0),
        "is_official": False,
        "unit": unit,
        "texts": {},
    }


def _participants(
    row: Mapping[str, Any],
    public: PublicConclusions,
    language: str,
    type_names: Mapping[str, str],
    figures: Mapping[str, Counted],
    named: Mapping[int, dict[str, str]],
) -> dict[str, Any]:
    data = counted_for(row["category"], figures)
    computed = data.number(Unit(row["unit"]))
    words, lang = in_reader_language(row["texts"], language, public.language)
    return {
        "category": row["category"],
        "label": type_names.get(row["category"]) or _("All participants"),
        "value": row["count"],
        "unit": str(Unit(row["unit"]).label),
        "counted": row["counted"],
        "computed": computed,
        "difference": row["count"] - computed if row["is_official"] else 0,
        "is_in_persons": row["unit"] == Unit.PERSONS,
        "ways": {way.value: data.ways.get(way, 0) for way in Way},
        "ways_told": _ways(data),
        "persons": data.persons,
        "organizations": links_of(data, named),
        "is_official": row["is_official"],
        "note": words.get("note", ""),
        "names": words.get("names", ""),
        "lang": lang,
    }


def _ways(data: Counted) -> str:
    """How many took part in which way; each verb agrees with its number."""
    spoke, signed, attended = (data.ways.get(way, 0) for way in (Way.SPOKE, Way.SIGNED, Way.ATTENDED))
    told = (
        ngettext("%(number)s spoke", "%(number)s spoke", spoke) % {"number": spoke},
        ngettext("%(number)s signed", "%(number)s signed", signed) % {"number": signed},
        ngettext("%(number)s attended", "%(number)s attended", attended) % {"number": attended},
    )
    return ", ".join(told)


def _later(public: PublicConclusions, number: int) -> str:
    """So many contributions these conclusions say nothing of: they came after them. Empty for none."""
    if number <= 0:
        return ""
    if public.pk is None:
        told = ngettext(
            "Nothing is said yet of %(number)s more.", "Nothing is said yet of %(number)s more.", number
        )
    else:
        told = ngettext(
            "%(number)s more came after the publication.",
            "%(number)s more came after the publication.",
            number,
        )
    return told % {"number": number}


def _figures(
    counts: Numbers, key: UUID, done: int, language: str, slug: str, url: str, said: int, later: str
) -> list[dict[str, Any]]:
    """We asked, you said (as many as the conclusions say something of), we did."""
    asked = counts.questions.get(key, 0)
    return [
        {
            "title": _("We asked"),
            "text": ngettext("%(number)s guiding question", "%(number)s guiding questions", asked)
            % {"number": asked},
            "url": url,
            "link": _("The consultation and its questions"),
        },
        {
            "title": _("You said"),
            "text": ngettext("%(number)s contribution", "%(number)s contributions", said) % {"number": said},
            "note": later,
            "url": f"/{language}/interventions/?consultation={slug}",
            "link": _("All contributions"),
            "tone": "sun",
        },
        {
            "title": _("We did"),
            "text": ngettext("%(number)s recommendation", "%(number)s recommendations", done)
            % {"number": done},
            "url": f"/{language}/recommendations/?consultation={slug}",
            "link": _("All recommendations"),
            "tone": "good",
        },
    ]


def _shown(node: Node, language: str, now: datetime) -> dict[str, Any]:
    """A part for the template, with its recommendations as links and badges."""
    declared, own = record_type(RecordKind.RECOMMENDATION), node.record
    return {
        "node": node,
        "record": {"number": own.public_id, "url": own.path(language)} if own else None,
        "parts": [_shown(part, language, now) for part in node.parts],
        "recommendations": [
            {
                "key": str(record.source_key),
                "number": record.facts.get("place", ""),
                "item": list_item(record, language, type_names={}),
                "badges": declared.badges(record, now),
            }
            for record in node.recommendations
        ],
    }


def _became(
    disposed: Sequence[PublicDisposition],
    public: PublicConclusions,
    language: str,
    type_names: Mapping[str, str],
    *,
    asked: Mapping[str, str],
    draft: Unpublished | None,
) -> dict[str, Any]:
    """How many went which way, and one part of the list under the chosen outcome. Five queries."""
    counts, filters = Counter(row.outcome for row in disposed), OutcomeFilters(asked)
    chosen = filters.chosen.get("outcome", "")
    rows = filters.passing([row for row in disposed if chosen in ("", row.outcome)])
    part = Paginator(rows, PAGE_SIZE).get_page(asked.get("page"))
    return {
        "total": len(disposed),
        "bars": [
            {"label": str(each.label), "value": counts[each], "url": f"?outcome={each.value}#became"}
            for each in Outcome
            if counts[each]
        ],
        "filters": filters,
        "chosen": Outcome(chosen).label if chosen else "",
        "page": part,
        "prefix": filters.query(page=""),
        "rows": _rows(list(part), public, language, type_names, draft),
    }


def _rows(
    rows: Sequence[PublicDisposition],
    public: PublicConclusions,
    language: str,
    type_names: Mapping[str, str],
    draft: Unpublished | None,
) -> list[dict[str, Any]]:
    drawn = draft.drawn if draft else _drawn(public.consultation_key, rows)
    went = {
        row.intervention_key: _once(row.recommendation_key, *drawn.get(row.intervention_key, ()))
        for row in rows
    }
    records = _records({*went, *chain.from_iterable(went.values())}, language)
    records |= {UUID(key): record for key, record in draft.records.items()} if draft else {}
    return [
        {
            "item": list_item(said, language, type_names=type_names),
            "outcome": Outcome(row.outcome).label,
            "tone": TONES.get(Outcome(row.outcome), ""),
            "recommendations": [
                _link(records[key], language) for key in went[row.intervention_key] if key in records
            ],
            "changed_at": row.changed_at,
            **_reason(row, public, language),
        }
        for row in rows
        if (said := records.get(row.intervention_key))
    ]


def _drawn(consultation: UUID, rows: Sequence[PublicDisposition]) -> dict[UUID, list[UUID]]:
    drawn = drawn_on([consultation], {row.intervention_key for row in rows})
    return {intervention: keys for (_consultation, intervention), keys in drawn.items()}


def _reason(row: PublicDisposition, public: PublicConclusions, language: str) -> dict[str, str]:
    reason, told_in = reason_of(row, public.language, language)
    return {"reason": reason, "lang": foreign(told_in, language)}


def _records(keys: set[UUID], language: str) -> dict[UUID, Record]:
    """Interventions and recommendations together. Two queries."""
    kinds = (RecordKind.INTERVENTION, RecordKind.RECOMMENDATION)
    rows = in_language(published().filter(kind__in=kinds, source_key__in=keys), language) if keys else ()
    return {record.source_key: record for record in rows}


def _once(*keys: UUID | None) -> list[UUID]:
    return list(dict.fromkeys(key for key in keys if key is not None))


def _link(record: Record, language: str) -> dict[str, str]:
    item = list_item(record, language, type_names={})
    number = record.facts.get("place") or record.public_id
    key = str(record.source_key)
    return {"key": key, "label": f"{number} {item.title}", "url": item.url, "lang": item.lang}
