"""The desk's pages on which editors say what became of each intervention."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.languages import DEFAULT
from portal.conclusions.dispositions.domain import dispose, recommendation_of
from portal.conclusions.dispositions.forms import BulkForm, DispositionForm, initial_of, mark_of
from portal.conclusions.dispositions.queries import Listing, listing, recommendations, without_evidence
from portal.conclusions.enums import NAMES_RECOMMENDATION
from portal.conclusions.evidence_queries import spoken
from portal.conclusions.models import Conclusions
from portal.conclusions.queries import consultation_titles, visible_to
from portal.publication.enums import RecordKind
from portal.publication.queries import in_language, published, reading
from portal.records.trace_links import foreign
from portal.submissions.forms import as_keys

# In the address: every box of the page is ticked when it opens.
ALL = "all"


@desk_view
@form_view
def disposition_list(request: HttpRequest, key: UUID) -> HttpResponse:
    """All interventions, what nothing is said of first; one outcome for those that are ticked."""
    version = get_object_or_404(visible_to(actor_of(request)), key=key)
    typed = _typed(request)
    rows = _listing(request, version, typed)
    form = None
    if version.is_editable:
        kept = {str(row.intervention_key): mark_of(row) for row in version.dispositions.all()}
        form = BulkForm(typed, interventions=rows.choices, kept=kept, **_of(version))
    if request.method == "POST":
        done = _save(request, version, form)
        if done:
            told = ngettext(
                "Saved what became of %(number)d contribution.",
                "Saved what became of %(number)d contributions.",
                done,
            )
            messages.success(request, told % {"number": done})
            return redirect(f"{request.path}{_query(request)}")
    title, lang = _title(version)
    context = {
        "version": version,
        "title": title,
        "lang": lang,
        "listing": rows,
        "form": form,
        "query": _query(request),
        "tick_all": "" if _ticks_all(request) else _query(request, **{ALL: "1"}),
        "prefix": f"?segment={rows.segment}&state={rows.state}&page=",
        "crumbs": crumbs(version, _("What became of the contributions")),
    }
    return render(request, "conclusions/dispositions/list.html", context)


@desk_view
@form_view
def disposition_page(request: HttpRequest, key: UUID, intervention: UUID) -> HttpResponse:
    """One intervention with its words, and what became of it."""
    version, language = get_object_or_404(visible_to(actor_of(request)), key=key), _language()
    if intervention not in spoken(version.consultation_key):
        raise Http404(str(intervention))
    kept = version.dispositions.select_related("part").filter(intervention_key=intervention).first()
    initial = initial_of(kept, version.language)
    form = DispositionForm(_typed(request), initial=initial, **_of(version)) if version.is_editable else None
    if request.method == "POST" and _save(request, version, form, intervention):
        messages.success(request, _("Saved."))
        return redirect("conclusions:dispositions", key=key)
    rows = in_language(published(RecordKind.INTERVENTION).filter(source_key=intervention), language)
    record = get_object_or_404(rows)
    shown = reading(record, language)
    context = {
        "version": version,
        "record": record,
        "url": record.path(language),
        "shown": shown,
        "lang": foreign(shown.language, language),
        "disposition": kept,
        "form": form,
        "crumbs": crumbs(version, record.public_id, reverse("conclusions:dispositions", args=[key])),
    }
    return render(request, "conclusions/dispositions/one.html", context)


def crumbs(version: Conclusions, last: str, above: str = "") -> list[dict[str, str]]:
    """Desk, conclusions, the version, and what leads to the page itself."""
    title, lang = _title(version)
    desk, here = crumbs_to(last)
    way = [
        desk,
        {"title": _("Conclusions"), "url": reverse("conclusions:list")},
        {"title": title, "url": reverse("conclusions:version", args=[version.key]), "lang": lang},
    ]
    if above:
        way.append({"title": _("What became of the contributions"), "url": above})
    return [*way, here]


def _save(
    request: HttpRequest, version: Conclusions, form: DispositionForm | None, intervention: UUID | None = None
) -> int:
    """How many were set; 0 with the messages in the form."""
    if form is None:
        raise WrongState(_("These conclusions are published and cannot be changed."))
    if not form.is_valid():
        return 0
    given: dict[str, Any] = ({"intervention_keys": (intervention,)} if intervention else {}) | form.given()
    try:
        dispose(version, **given, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        form.add_problems(refusal)
        return 0
    _warn_of_no_evidence(request, version, given)
    return len(given["intervention_keys"])


def _warn_of_no_evidence(request: HttpRequest, version: Conclusions, given: dict[str, Any]) -> None:
    """It is saved: whoever says where something is reflected may attach its passage later."""
    part = recommendation_of(version, given["recommendation"])
    if part is None or given["outcome"] not in NAMES_RECOMMENDATION:
        return
    if numbers := without_evidence(part, given["intervention_keys"]):
        told = _(
            "No passage of this is attached to recommendation %(part)s: %(numbers)s. Attach one, so that "
            "readers see where it is reflected."
        )
        messages.warning(request, told % {"part": part.number, "numbers": ", ".join(numbers)})


def _ticks_all(request: HttpRequest) -> bool:
    return request.method != "POST" and ALL in request.GET


def _query(request: HttpRequest, **more: str) -> str:
    """The filters and the page of the list; never that all are ticked, unless `more` says so."""
    asked = request.GET.copy()
    asked.pop(ALL, None)
    asked.update(more)
    return f"?{asked.urlencode()}" if asked else ""


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else typed_before_sign_in(request)


def _listing(request: HttpRequest, version: Conclusions, typed: QueryDict | None) -> Listing:
    asked = request.GET
    return listing(
        version,
        _language(),
        segment=asked.get("segment", ""),
        state=asked.get("state", ""),
        page=asked.get("page"),
        ticked=as_keys(typed.getlist("interventions")) if typed else (),
        all_ticked=typed is None and _ticks_all(request),
    )


def _of(version: Conclusions) -> dict[str, Any]:
    return {
        "recommendations": recommendations(version),
        "original": version.language,
        "language": _language(),
    }


def _title(version: Conclusions) -> tuple[str, str]:
    key, language = version.consultation_key, _language()
    title, code = consultation_titles([key], language).get(key, (str(key), ""))
    return title, foreign(code, language) if code else ""


def _language() -> str:
    return get_language() or DEFAULT
