"""The desk's pages of those who decide about objections; one address for each decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.conclusions.dispositions.forms import initial_of
from portal.conclusions.dispositions.queries import recommendations
from portal.conclusions.models import Conclusions, Objection
from portal.conclusions.objections import domain, rules
from portal.conclusions.objections.forms import DismissForm, UpholdForm
from portal.conclusions.objections.queries import current_disposition, visible_to, waiting
from portal.conclusions.objections.reading import shown_disposition, shown_objection
from portal.conclusions.objections.rows import row_of, titles_of
from portal.conclusions.states import ConclusionsState
from portal.publication.enums import RecordKind
from portal.publication.queries import in_language, published, reading
from portal.records.trace_links import foreign

PAGE_SIZE = 50
Forms = tuple[DismissForm | None, UpholdForm | None]


@desk_view
@require_safe
def objection_list(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, then what was decided."""
    actor, language = actor_of(request), _language()
    if not rules.may_read_objections(actor):
        raise Http404("objections")
    rows = visible_to(actor).order_by(F("decided_at").desc(nulls_first=True), "filed_at", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    titles = titles_of(list(page), language)
    context = {
        "rows": [row_of(row, titles, is_own=rules.is_own(actor, row)) for row in page],
        "page": page,
        "waiting": waiting().count(),
        "crumbs": crumbs_to(_("Objections")),
    }
    return render(request, "conclusions/objections/list.html", context)


@desk_view
@require_safe
def objection_page(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, _readable(request, key), (None, None))


@desk_view
@require_POST
def dismiss(request: HttpRequest, key: UUID) -> HttpResponse:
    """A reason that is missing is asked for on the same page, with what was typed; other refusals rise."""
    objection, form = _readable(request, key), DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, objection, (form, None))
    reason = form.cleaned_data["decision_reason"]
    domain.dismiss(objection, reason=reason, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Dismissed. The organization is told by mail."))
    return redirect("objections:list")


@desk_view
@require_POST
def uphold(request: HttpRequest, key: UUID) -> HttpResponse:
    objection = _readable(request, key)
    form = _uphold_form(objection, request.POST)
    if form is None or not form.is_valid():
        return _page(request, objection, (None, form))
    given = {"reason": form.cleaned_data["decision_reason"], **form.given()}
    try:
        domain.uphold(objection, **given, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return _page(request, objection, (None, form))
    messages.success(request, _("Upheld. The conclusions are changed, and the organization is told by mail."))
    return redirect("objections:list")


def _readable(request: HttpRequest, key: UUID) -> Objection:
    return get_object_or_404(visible_to(actor_of(request)), key=key)


def _page(request: HttpRequest, objection: Objection, sent: Forms) -> HttpResponse:
    actor, language = actor_of(request), _language()
    rows = published(RecordKind.INTERVENTION).filter(source_key=objection.intervention_key)
    record = in_language(rows, language).first()
    shown = reading(record, language) if record else None
    standing = current_disposition(objection.consultation_key, objection.intervention_key)
    can_decide = rules.can_decide(actor, objection)
    dismiss_form, uphold_form = sent
    desk, here = crumbs_to(_("Objection"))
    context = {
        "objection": shown_objection(objection, language),
        "record": record,
        "url": record.path(language) if record else "",
        "shown": shown,
        "lang": foreign(shown.language, language) if shown else "",
        "standing": shown_disposition(standing, language) if standing else None,
        "refusal": "" if can_decide else _refusal(actor, objection),
        "dismiss_form": (dismiss_form or DismissForm()) if can_decide else None,
        "uphold_form": (uphold_form or _uphold_form(objection)) if can_decide else None,
        "wrong": dismiss_form or uphold_form,
        "crumbs": [desk, {"title": _("Objections"), "url": reverse("objections:list")}, here],
    }
    return render(request, "conclusions/objections/decide.html", context)


def _uphold_form(objection: Objection, typed: Any = None) -> UpholdForm | None:
    """None where the conclusions that are public say nothing of the intervention any more."""
    versions = Conclusions.objects.filter(consultation_key=objection.consultation_key)
    version = versions.filter(state=ConclusionsState.PUBLISHED).first()
    rows = version.dispositions.select_related("part") if version else None
    kept = rows.filter(intervention_key=objection.intervention_key).first() if rows is not None else None
    if version is None or kept is None:
        return None
    return UpholdForm(
        typed,
        initial=initial_of(kept, version.language),
        recommendations=recommendations(version),
        original=version.language,
        language=_language(),
    )


def _refusal(actor: Actor, objection: Objection) -> str:
    if not objection.is_open:
        return ""
    if rules.is_own(actor, objection):
        return _("You said what became of this contribution, so somebody else has to decide.")
    return _("You belong to this organization, so somebody else has to decide.")


def _language() -> str:
    return get_language() or DEFAULT
