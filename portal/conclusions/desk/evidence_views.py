"""Marking passages of one source beside the draft, attaching them, and taking them away again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.actors import actor_of
from portal.common.desk import safe_next
from portal.common.errors import Incomplete, Problem, WrongState
from portal.common.forms import put_at_fields
from portal.conclusions.desk.alike import Alike, likest
from portal.conclusions.desk.forms import Choices, MarkForm
from portal.conclusions.desk.heard import heard, heard_keys
from portal.conclusions.desk.marking import Marked, Sentence, boxes, seen_mark
from portal.conclusions.desk.outlines import called, evidence_of, words_by_language
from portal.conclusions.desk.rooms import (
    address,
    draft_button,
    draft_form,
    part_in,
    reader,
    show,
)
from portal.conclusions.desk.segment_views import beside
from portal.conclusions.domain import Passage, detach_evidence
from portal.conclusions.drafting.evidence import attach_passages, recommend
from portal.conclusions.enums import PartKind, Stance
from portal.conclusions.models import Conclusions, Evidence, Part
from portal.conclusions.outline import outline_of
from portal.library.queries import find_document, matching_passages, published_documents
from portal.taxonomy.queries import organization_type_names

NEW = "new:"
MOST_DOCUMENTS, MOST_PASSAGES = 20, 20


@dataclass(frozen=True, slots=True)
class Source:
    """What passages are taken from: its texts by the field that evidence names, each under a label."""

    title: str
    language: str
    facts: Sequence[str]
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    intervention_key: UUID | None = None
    document: str = ""

    def passage(self, marked: Marked) -> Passage:
        field, place = marked
        return Passage(
            intervention_key=self.intervention_key,
            document=self.document,
            field=field,
            start=place.start,
            end=place.end,
        )


@draft_form
def mark(request: HttpRequest, draft: Conclusions, part: UUID, intervention: UUID) -> HttpResponse:
    """One intervention: its text and key recommendations, sentence by sentence."""
    segment = part_in(draft, part, PartKind.SEGMENT)
    row = heard([intervention]).get(intervention)
    if row is None:
        if request.method == "POST":
            raise WrongState(_("This contribution was withdrawn meanwhile. Nothing was attached."))
        raise Http404(str(intervention))
    names = organization_type_names(reader())
    labels = {field: _label(field) for field in row.texts}
    state = row.number if row.is_public else _("Not yet published")
    facts = (row.organization, names.get(row.type_code, ""), state)
    source = Source(row.title, row.language, facts, row.texts, labels, intervention_key=row.key)
    around = _neighbours(heard_keys(draft, segment.number), row.key)
    here = address("mark", draft, segment.key, row.key)
    steps = {
        name: address("mark", draft, segment.key, key) for name, key in around.items() if key is not None
    }
    return _marking(request, draft, segment, source, here, steps)


@draft_form
def documents(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    """A library document is chosen by words of its title, its passages by words that stand in them."""
    segment = part_in(draft, part, PartKind.SEGMENT)
    q = request.GET.get("q", "").strip()
    number = request.GET.get("document", "")
    here = address("documents", draft, segment.key)
    above = ((called(segment, reader(), draft.language), address("segment", draft, segment.key)),)
    document = find_document(number) if number else None
    if document is None or not document.live:
        rows = published_documents().filter(title__icontains=q) if q else published_documents()
        told = _("This document is not public any more.") if number else ""
        context = {"segment": segment, "rows": rows[:MOST_DOCUMENTS], "q": q, "told": told}
        if request.method == "POST":
            raise WrongState(_("This document is not public any more."))
        heading = _("Passages of library documents")
        return show(request, "documents", draft, heading, context, above=above)
    passages = matching_passages(document, q)[:MOST_PASSAGES]
    texts = {str(row.position): row.text for row in passages}
    labels = {
        str(row.position): row.heading or _("Passage %(number)d") % {"number": row.position}
        for row in passages
    }
    facts = (document.public_id, str(document.year or ""))
    source = Source(document.title, document.language, facts, texts, labels, document=document.public_id)
    query = request.GET.urlencode()
    return _marking(request, draft, segment, source, f"{here}?{query}", {}, q=q)


@draft_button
def detach(request: HttpRequest, draft: Conclusions, pk: int) -> HttpResponse:
    """Back to where its button stood."""
    rows = Evidence.objects.select_related("part").filter(part__conclusions=draft)
    row = get_object_or_404(rows, pk=pk)
    detach_evidence(row, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Detached. The passage can be attached again."))
    return redirect(safe_next(request, address("version", draft)))


def _marking(
    request: HttpRequest,
    draft: Conclusions,
    segment: Part,
    source: Source,
    here: str,
    steps: Mapping[str, str],
    *,
    q: str | None = None,
) -> HttpResponse:
    outline, rows = outline_of(draft), list(evidence_of(draft).select_related("part"))
    shown, sentences = beside(draft, segment, outline, rows), boxes(source.texts)
    form = _mark_form(request, source, sentences, shown["groups"])
    if request.method == "POST" and form.is_valid() and (target := _attach(request, draft, source, form)):
        separator = "&" if "?" in here else "?"
        chosen = f"{separator}recommendation={target.key}" if "recommendation=" not in here else ""
        return redirect(f"{here}{chosen}#attach")
    context = {
        "segment": segment,
        "source": source,
        "lang": source.language,
        "form": form,
        "seen": seen_mark(source.texts),
        "texts": _paragraphs(source, sentences, set(form["sentence"].value() or ())),
        "attached": [_attached(row, draft) for row in rows if _is_of(row, source)],
        "alike": _alike(source, shown["recommendations"], here),
        "steps": steps,
        "here": here,
        "q": q,
        **shown,
    }
    above = ((called(segment, reader(), draft.language), address("segment", draft, segment.key)),)
    return show(request, "mark", draft, source.title, context, above=above)


def _mark_form(
    request: HttpRequest,
    source: Source,
    sentences: Mapping[str, Sequence[Sentence]],
    groups: Sequence[Mapping[str, Any]],
) -> MarkForm:
    """Refuses what was marked in a text that has been corrected since."""
    choices = {
        "sentence": [(box.value, box.words) for each in sentences.values() for box in each],
        "recommendation": [("", _("Choose")), *_targets(groups)],
    }
    initial = {"recommendation": request.GET.get("recommendation", ""), "stance": Stance.SUPPORTS}
    form = MarkForm(request.POST or None, initial=initial, choices=choices, texts=source.texts)
    seen = seen_mark(source.texts)
    if request.method == "POST" and request.POST.get("seen", seen) != seen:
        form.add_error("words", _("The text was corrected after you opened it. Mark the passage once more."))
    return form


def _attach(request: HttpRequest, draft: Conclusions, source: Source, form: MarkForm) -> Part | None:
    """All the marked passages to what was chosen; None when the form says why not."""
    typed, actor, now = form.cleaned_data, actor_of(request), timezone.now()
    passages = [source.passage(marked) for marked in form.marked]
    chosen = typed["recommendation"]
    try:
        if chosen.startswith(NEW):
            above = part_in(draft, UUID(chosen.removeprefix(NEW)))
            body = typed["new_words"] or _own_words(draft, source, form)
            target = recommend(draft, body, passages, above=above, note=typed["note"], actor=actor, now=now)
        else:
            target, stance = part_in(draft, UUID(chosen)), Stance(typed["stance"])
            attach_passages(target, passages, stance=stance, note=typed["note"], actor=actor, now=now)
    except Incomplete as refusal:
        moved = {"passage": "words", "body": "new_words"}
        put_at_fields(
            form, (Problem(moved.get(each.field, each.field), each.message) for each in refusal.problems)
        )
        return None
    told = ngettext(
        "%(number)d passage attached to %(part)s.", "%(number)d passages attached to %(part)s.", len(passages)
    )
    messages.success(request, told % {"number": len(passages), "part": called(target, draft.language)})
    return target


def _own_words(draft: Conclusions, source: Source, form: MarkForm) -> str:
    """The marked words, where they are in the language of the draft."""
    if source.language != draft.language:
        message = _("The passage is in another language: write the recommendation in that of the draft.")
        raise Incomplete([Problem("new_words", message)])
    return " ".join(" ".join(place.words_in(source.texts[field]).split()) for field, place in form.marked)


def _targets(groups: Sequence[Mapping[str, Any]]) -> Choices:
    """Under each area: a new recommendation, then those that stand there."""
    return [
        (
            group["label"],
            [
                *((str(row.part.key), f"{row.part.number} {row.words[:70]}") for row in group["rows"]),
                (f"{NEW}{group['area'].key}", _("A new one in %(area)s") % {"area": group["area"].number}),
            ],
        )
        for group in groups
    ]


def _paragraphs(
    source: Source, sentences: Mapping[str, Sequence[Sentence]], chosen: set[str]
) -> list[dict[str, Any]]:
    number, rows = 0, []
    for field, each in sentences.items():
        row: dict[str, Any] = {"field": field, "label": source.labels[field], "boxes": []}
        for box in each:
            row["boxes"].append({"box": box, "id": f"id_sentence_{number}", "checked": box.value in chosen})
            number += 1
        if each:
            rows.append(row)
    return rows


def _attached(row: Evidence, draft: Conclusions) -> dict[str, Any]:
    return {
        "evidence": row,
        "number": row.part.number,
        "lang": row.language,
        "detach": address("detach", draft, row.pk),
    }


def _alike(source: Source, recommendations: Sequence[Any], here: str) -> list[dict[str, Any]]:
    """Recommendations with words in the source's language that are alike; a link chooses one."""
    by_key = {row.part.key: row for row in recommendations}
    said = words_by_language([row.part for row in by_key.values()]).get(source.language, {})
    best: dict[UUID, float] = {}
    for text in source.texts.values():
        for box in boxes({"": text})[""]:
            for row in likest(box.words, said, most=2):
                best[row.key] = max(row.score, best.get(row.key, 0))
    path = here.partition("?")[0]
    rows = sorted((Alike(key, score) for key, score in best.items()), key=lambda row: -row.score)[:3]
    return [
        {
            "label": f"{by_key[row.key].part.number} {by_key[row.key].words}",
            "percent": row.percent,
            "url": f"{path}?recommendation={row.key}#attach" if source.intervention_key else "",
        }
        for row in rows
    ]


def _is_of(row: Evidence, source: Source) -> bool:
    if source.document:
        return row.document == source.document
    return row.intervention_key == source.intervention_key


def _label(field: str) -> str:
    if field == "body":
        return _("Text")
    return _("Key recommendation %(number)d") % {"number": int(field.partition(".")[2]) + 1}


def _neighbours(keys: Sequence[UUID], key: UUID) -> dict[str, UUID | None]:
    at = keys.index(key) if key in keys else -1
    return {
        "previous": keys[at - 1] if at > 0 else None,
        "next": keys[at + 1] if 0 <= at < len(keys) - 1 else None,
    }
