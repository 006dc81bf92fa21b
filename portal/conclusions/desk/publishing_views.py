"""The last steps of a draft: its summary in plain words, the preview, what stands in the way, publishing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.cms.dates import day_or_days
from portal.cms.queries import pages_by_key
from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.errors import Incomplete, OutOfDate, Problem
from portal.common.formatting import moment
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.conclusions import rules
from portal.conclusions.desk.forms import PublishForm, SummaryForm
from portal.conclusions.desk.preview import preview_of
from portal.conclusions.desk.rooms import (
    address,
    draft_form,
    draft_page,
    editors_room,
    out_of_date,
    reader,
    show,
)
from portal.conclusions.drafting.domain import summarize, summary_mark
from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions, Evidence
from portal.conclusions.outline import outline_of
from portal.conclusions.publishing.domain import mark_of, publish_conclusions, review
from portal.conclusions.publishing.gathered import CLOSES
from portal.conclusions.queries import page_of_consultation
from portal.submissions.steps import Difference


@draft_form
def summary(request: HttpRequest, draft: Conclusions, language: str) -> HttpResponse:
    """In one language at a time."""
    if language not in CODES:
        raise Http404(language)
    stored = draft.summaries.filter(language=language).first()
    kept = stored.text if stored else ""
    form = SummaryForm(request.POST or None, initial={"text": kept})
    form.fields["text"].widget.attrs |= {"lang": language, "spellcheck": "true"}
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        text, seen = form.cleaned_data["text"], request.POST.get("seen", "")
        try:
            summarize(
                draft, language=language, text=text, seen=seen, actor=actor_of(request), now=timezone.now()
            )
        except OutOfDate as refusal:
            out_of_date(form, refusal)
            differences = [Difference(str(form.fields["text"].label), kept, text)]
        else:
            messages.success(request, _("Saved."))
            return redirect(address("summary", draft, language))
    written = set(draft.summaries.values_list("language", flat=True))
    context = {
        "form": form,
        "seen": summary_mark(kept) if differences or not form.is_bound else request.POST.get("seen", ""),
        "differences": differences,
        "saved_at": moment(draft.updated_at),
        "language": language,
        "languages": [(code, LANGUAGE_NAMES[code], code in written) for code in CODES],
    }
    return show(request, "summary", draft, _("Summary in plain words"), context)


@draft_page
def preview(request: HttpRequest, draft: Conclusions) -> HttpResponse:
    """The template of the public page; never indexed, marked as what it is."""
    page = page_of_consultation(draft.consultation_key, reader())
    if page is None:
        raise Http404("consultation")
    lang = page.locale.language_code
    desk = crumbs_to(page.title)[0]
    crumbs = [desk, {"title": page.title, "url": address("version", draft)}]
    public = pages_by_key([draft.consultation_key], reader()).get(draft.consultation_key)
    context = preview_of(
        draft,
        reader(),
        slug=page.slug,
        url=public.url if public else "",
        asked=request.GET,
        now=timezone.now(),
    )
    shown: dict[str, Any] = {
        "is_preview": True,
        "back": address("version", draft),
        "page": page,
        "dates": day_or_days(page.starts_on, page.ends_on),
        "route": {"lang": "" if lang == reader() else lang},
        "crumbs": crumbs,
    }
    return render(request, "conclusions/conclusions.html", context | shown)


@editors_room
@draft_form
def publish(request: HttpRequest, draft: Conclusions) -> HttpResponse:
    """What stands in the way, each with the place to correct it; what publishing takes away; then the button,
    for a second person."""
    actor, now, told = actor_of(request), timezone.now(), ""
    problems, warnings = review(draft, now=now)
    form = PublishForm(request.POST or None, closes=any(warning.field == CLOSES for warning in warnings))
    if request.method == "POST" and form.is_valid():
        seen, may_close = request.POST.get("seen", "") or "-", form.may_close
        try:
            publish_conclusions(draft, actor=actor, now=now, seen=seen, may_close=may_close)
        except OutOfDate as refusal:
            told = str(refusal.message)
        except Incomplete:
            told = _("Nothing was published: the list says what is missing.")
        else:
            messages.success(request, _("The conclusions are published."))
            return redirect("conclusions:version", key=draft.key)
        draft.refresh_from_db()
        problems, warnings = review(draft, now=now)
    context = {
        "form": form,
        "told": told,
        "problems": _with_places(draft, problems),
        "warnings": warnings,
        "is_own": rules.is_own(actor, draft),
        "can_publish": not problems and rules.can_publish(actor, draft),
        "seen": mark_of(draft),
    }
    return show(request, "publish", draft, _("Publish"), context)


def _with_places(draft: Conclusions, problems: list[Problem]) -> list[dict[str, str]]:
    """Each problem with the address where it is corrected. Six queries."""
    outline = outline_of(draft)
    parts = {str(part.key): part for part in outline.parts}
    rows = Evidence.objects.filter(part__conclusions=draft).select_related("part")
    evidence = {str(row.pk): row for row in rows}

    def place(problem: Problem) -> str:
        kind, _colon, key = problem.field.partition(":")
        if kind == "intervention":
            return address("disposition", draft, UUID(key))
        row = evidence.get(key) if kind == "evidence" else None
        part = parts.get(str(row.part.key) if row else key)
        if part is None:
            return address("version", draft)
        segment = outline.above(part, PartKind.SEGMENT) if row and row.intervention_key else None
        if row is not None and segment is not None:
            return address("mark", draft, segment.key, row.intervention_key)
        return address("part", draft, part.key)

    return [{"text": str(problem.message), "url": place(problem)} for problem in problems]
