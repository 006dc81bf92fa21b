"""What a recommendation has beside its words: addressees, force of support, what is alike."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
from portal.conclusions.desk.alike import Alike, best, likest, likest_sentence
from portal.conclusions.desk.forms import COUNTED, FactsForm, ForceForm, category_choices
from portal.conclusions.desk.heard import heard, heard_keys
from portal.conclusions.desk.outlines import called, words_by_language
from portal.conclusions.desk.rooms import address, draft_form, draft_page, part_in, reader, show
from portal.conclusions.domain import choose_force, set_facts
from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions, Part
from portal.conclusions.outline import outline_of
from portal.conclusions.publishing.gathered import gather
from portal.conclusions.support import ALL, Support, force_of
from portal.taxonomy.queries import organization_type_names


@draft_form
def facts(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    row = part_in(draft, part, PartKind.RECOMMENDATION)
    kept = getattr(row, "facts", None)
    initial = {
        "addressees": [each.type_code for each in row.addressees.all()],
        "is_from_plenary": bool(kept and kept.is_from_plenary),
    }
    names = organization_type_names(reader())
    form = FactsForm(request.POST or None, initial=initial, choices={"addressees": list(names.items())})
    if request.method == "POST" and form.is_valid():
        try:
            set_facts(row, **form.cleaned_data, actor=actor_of(request), now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{address('version', draft)}#part-{row.key}")
    heading = _("Facts of %(part)s") % {"part": called(row, reader(), draft.language)}
    return show(request, "form", draft, heading, {"form": form, "action": _("Save")})


@draft_form
def force(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    """As the rule counts it from the evidence that readers will see; another one with a note."""
    row = part_in(draft, part, PartKind.RECOMMENDATION)
    names = organization_type_names(reader())
    category = request.GET.get("category", ALL)
    choice = row.force_choices.filter(category=category).first()
    initial = {
        "category": category,
        "force": choice.force if choice else COUNTED,
        "note": choice.note if choice else "",
    }
    form = ForceForm(request.POST or None, initial=initial, choices={"category": category_choices(names)})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        told = {"category": typed["category"], "force": form.chosen, "note": typed["note"]}
        try:
            choose_force(row, **told, actor=actor_of(request), now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect(address("force", draft, row.key))
    headers = [_("Category"), _("Back it"), _("As counted"), _("Set by the editors")]
    context = {"form": form, "headers": headers, "rows": _support_rows(draft, row, names)}
    heading = _("Force of support of %(part)s") % {"part": called(row, reader(), draft.language)}
    return show(request, "force", draft, heading, context)


@draft_page
def alike(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    """Other recommendations of the draft, and sentences of contributions; nothing is merged by itself."""
    row = part_in(draft, part, PartKind.RECOMMENDATION)
    outline = outline_of(draft)
    parts = {each.key: each for each in outline.of_kind(PartKind.RECOMMENDATION)}
    said = words_by_language(list(parts.values()))
    scores: dict[UUID, float] = {}
    for texts in said.values():
        others = {key: text for key, text in texts.items() if key != row.key}
        for each in likest(texts.get(row.key, ""), others):
            scores[each.key] = max(each.score, scores.get(each.key, 0))
    context = {
        "part": row,
        "recommendations": [
            {
                "label": called(parts[each.key], reader(), draft.language),
                "url": address("part", draft, each.key),
                "percent": each.percent,
            }
            for each in best(Alike(key, score) for key, score in scores.items())
        ],
        "contributions": _contributions(draft, row, said, outline.above(parts[row.key], PartKind.SEGMENT)),
    }
    heading = _("Alike: %(part)s") % {"part": called(row, reader(), draft.language)}
    return show(request, "alike", draft, heading, context)


def _contributions(
    draft: Conclusions, row: Part, said: dict[str, dict[UUID, str]], segment: Part | None
) -> list[dict[str, Any]]:
    """Sentences in a language that the recommendation has words in; each leads to where it is attached."""
    if segment is None:
        return []
    everything = heard(heard_keys(draft))
    places, scored = {}, []
    for key, each in everything.items():
        words = said.get(each.language, {}).get(row.key, "")
        sentences = [
            (text, *nearest)
            for text in each.texts.values()
            if words and (nearest := likest_sentence(words, text)) is not None
        ]
        if sentences:
            text, place, score = max(sentences, key=lambda one: one[2])
            places[key] = place.words_in(text)
            scored.append(Alike(key, score))
    return [
        {
            "label": everything[each.key].title,
            "organization": everything[each.key].organization,
            "words": places[each.key],
            "lang": everything[each.key].language,
            "percent": each.percent,
            "url": f"{address('mark', draft, segment.key, each.key)}?recommendation={row.key}#attach",
        }
        for each in best(scored)
    ]


def _support_rows(draft: Conclusions, row: Part, names: Any) -> list[list[object]]:
    """Of each category of which somebody spoke: who backs it, of how many, counted, and as readers see it."""
    gathered = gather(draft)
    part = next(each for each in gathered.recommendations if each.pk == row.pk)
    return [
        _support_row(each, names)
        for each in gathered.support(part)
        if each.spoke or each.is_set or not each.category
    ]


def _support_row(each: Support, names: Any) -> list[object]:
    label = names.get(each.category, each.category) if each.category else _("All together")
    said = _("%(backed)s of %(spoke)s") % {"backed": each.backed, "spoke": each.spoke}
    counted = force_of(each.backed, each.spoke).label
    return [label, said, counted, each.force.label if each.is_set else ""]
