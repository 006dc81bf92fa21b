"""The desk's room of the plan: the secretariat links recommendations to actions, two people for each link."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.plan import domain, rules
from portal.plan.forms import ActionForm
from portal.plan.models import ActionLink
from portal.plan.queries import links_of, waiting_links
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, published, reading, record_by_public_id
from portal.records.trace_links import foreign

SIZE = 25


@desk_view
@require_safe
def room(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and all public recommendations with their number of links."""
    actor, language = _editor(request), get_language() or DEFAULT
    waiting = list(waiting_links()[:SIZE])
    records = {
        row.source_key: row
        for row in in_language(published(RecordKind.RECOMMENDATION), language).filter(
            source_key__in=[link.recommendation for link in waiting]
        )
    }
    rows = in_language(published(RecordKind.RECOMMENDATION), language).prefetch_related("links")
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    context = {
        "waiting": [
            _waiting(link, records[link.recommendation], actor, language)
            for link in waiting
            if link.recommendation in records
        ],
        "page": page,
        "items": [_item(row, language) for row in page],
        "crumbs": crumbs_to(_("Recommendations and the plan")),
    }
    return render(request, "plan/desk_room.html", context)


@desk_view
@form_view
def recommendation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One recommendation with what it leads to, and a form that links one action more."""
    actor, language = _editor(request), get_language() or DEFAULT
    record = record_by_public_id(public_id, RecordKind.RECOMMENDATION)
    is_sent = request.method == "POST"
    form = ActionForm(request.POST if is_sent else typed_before_sign_in(request), language=language)
    if is_sent and form.is_valid() and form.node is not None:
        try:
            domain.assert_link(record, form.node, actor=actor, now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            return _saved(request, record)
    shown = reading(record, language)
    context = {
        "record": record,
        "title": shown.title,
        "lang": foreign(shown.language, language),
        "text": shown.texts.get("text", ""),
        "public": record.path(language),
        "links": [_link(link, actor, language) for link in links_of(record.source_key)],
        "form": form,
        "crumbs": _crumbs(record.public_id),
    }
    return render(request, "plan/desk_recommendation.html", context)


@desk_view
@form_view
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, with what is said and by whom."""
    actor = _editor(request)
    link, record = _linked(pk)
    heading = _("Confirm this link?")
    problem = ""
    if request.method == "POST":
        try:
            domain.confirm_link(link, actor=actor, now=timezone.now())
        except WrongState as refusal:
            problem = str(refusal.message)
        else:
            return _saved(request, record)
    return _asked(request, link, record, heading, _("Confirm it"), problem)


@desk_view
@form_view
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    actor = _editor(request)
    link, record = _linked(pk)
    if request.method == "POST":
        domain.remove_link(link, actor=actor, now=timezone.now())
        return _saved(request, record)
    return _asked(request, link, record, _("Remove this link?"), _("Remove it"), "")


def _asked(
    request: HttpRequest, link: ActionLink, record: Record, heading: str, action: str, problem: str
) -> HttpResponse:
    language = get_language() or DEFAULT
    told = {"recommendation": reading(record, language).title, "action": link.node.named(language)}
    sentence = _("“%(recommendation)s” leads to the action “%(action)s”.") % told
    context = {
        "heading": heading,
        "text": [problem, sentence] if problem else [sentence],
        "action": action,
        "back": reverse("plan_desk:recommendation", args=[record.public_id]),
        "crumbs": _crumbs(heading),
    }
    return render(request, "desk/confirm.html", context)


def _editor(request: HttpRequest) -> Actor:
    """The actor, who may link; nobody else knows of these addresses."""
    actor = actor_of(request)
    if not rules.may_link(actor):
        raise Http404("plan")
    return actor


def _linked(pk: int) -> tuple[ActionLink, Record]:
    link = get_object_or_404(ActionLink.objects.select_related("node"), pk=pk)
    rows = published(RecordKind.RECOMMENDATION).prefetch_related("translations")
    return link, get_object_or_404(rows, source_key=link.recommendation)


def _waiting(link: ActionLink, record: Record, actor: Actor, language: str) -> dict[str, Any]:
    shown = reading(record, language)
    return _link(link, actor, language) | {
        "recommendation": shown.title,
        "recommendation_url": reverse("plan_desk:recommendation", args=[record.public_id]),
        "recommendation_lang": foreign(shown.language, language),
    }


def _link(link: ActionLink, actor: Actor, language: str) -> dict[str, Any]:
    _title, spoken = link.node.titled(language)
    return {
        "link": link,
        "action": link.node.named(language),
        "lang": foreign(spoken, language),
        "url": link.node.path(language),
        "can_confirm": rules.can_confirm(actor, link),
    }


def _item(record: Record, language: str) -> dict[str, Any]:
    shown = reading(record, language)
    number = sum(link.relation == Relation.LEADS_TO for link in record.links.all())
    return {
        "title": shown.title,
        "url": reverse("plan_desk:recommendation", args=[record.public_id]),
        "lang": foreign(shown.language, language),
        "number": number,
        "public_id": record.public_id,
    }


def _saved(request: HttpRequest, record: Record) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("plan_desk:recommendation", public_id=record.public_id)


def _crumbs(title: str) -> list[dict[str, Any]]:
    desk, last = crumbs_to(title)
    return [desk, {"title": _("Recommendations and the plan"), "url": reverse("plan_desk:room")}, last]
