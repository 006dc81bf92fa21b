"""The desk's page that takes several found passages into a dossier in one step."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.characters import one_line
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.observatory.dossiers import domain, picking, rules
from portal.observatory.dossiers.domain import CollectedSeveral
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.forms import PickForm, key_of
from portal.observatory.dossiers.limits import QUESTION
from portal.observatory.dossiers.pages import address, crumbs_to
from portal.observatory.dossiers.picking import Pick
from portal.observatory.dossiers.queries import editable_by
from search.engines.base import EngineUnavailable, SnapshotGone
from search.results.query_params import address_of, language_of, question_of
from search.results.service import Question

MOST_CHOICES = 200


@desk_view
@form_view
def pick(request: HttpRequest) -> HttpResponse:
    """`search`: a search; `p`: ticked passages; `all`: `page` ticks all there, `found` takes all there is."""
    actor = actor_of(request)
    if not rules.can_start(actor):
        raise NotAllowed("add to a dossier")
    question, takes_all = _question(request), request.GET.get("all") == "found"
    picks, is_down = _found(question, takes_all=takes_all)
    sent = request.POST if request.method == "POST" else typed_before_sign_in(request)
    ticks = _ticks(request, sent, picks)
    form = PickForm(sent, dossiers=list(editable_by(actor)[:MOST_CHOICES]))
    chosen = picks if takes_all else [each for each in picks if each.value in ticks]
    if request.method == "POST" and not is_down:
        try:
            return _added(request, _collected(request, form, chosen, question))
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
    shown = [] if takes_all else [_shown(each, is_ticked=each.value in ticks) for each in picks]
    context = {
        "heading": _("Add to a dossier"),
        "crumbs": crumbs_to(_("Add to a dossier")),
        "form": form,
        "picks": shown,
        "count": len(picks) if takes_all else None,
        "is_cut": takes_all and len(picks) == picking.MOST_FOUND,
        "missing": 0 if takes_all else len(ticks - {each.value for each in picks}),
        "is_down": is_down,
        "results": f"{reverse('search:results')}?{address_of(question)}",
        "draft_key": uuid4(),
    }
    return render(request, "dossiers/pick.html", context)


def _question(request: HttpRequest) -> Question:
    return question_of(QueryDict(request.GET.get("search", "")), language_of(get_language() or ""))


def _found(question: Question, *, takes_all: bool) -> tuple[list[Pick], bool]:
    """What can be added, and whether no engine can say so."""
    try:
        return (picking.everything(question) if takes_all else picking.on_page(question)), False
    except (EngineUnavailable, SnapshotGone):
        return [], True


def _ticks(request: HttpRequest, sent: QueryDict | None, picks: list[Pick]) -> frozenset[str]:
    """What was sent with the form, else what the address ticks."""
    if sent is None and request.GET.get("all") == "page":
        return frozenset(each.value for each in picks if not each.is_loose)
    return picking.ticks_in((request.GET if sent is None else sent).getlist("p"))


def _collected(
    request: HttpRequest, form: PickForm, chosen: list[Pick], question: Question
) -> CollectedSeveral:
    typed = form.typed()
    if not chosen:
        raise Incomplete([Problem("p", _("Tick at least one passage."))])
    common: dict[str, Any] = {
        "originals": [each.original for each in chosen],
        "question": one_line(question.text)[:QUESTION],
        "comment": typed["comment"],
        "actor": actor_of(request),
        "now": timezone.now(),
    }
    if form.chosen is not None:
        return domain.collect_several(form.chosen, **common)
    if form.by_key and not typed["title"]:
        raise Incomplete([Problem("dossier", _("Choose a dossier, or give a new one a title."))])
    fields = DossierFields(typed["title"], get_language() or DEFAULT)
    key = key_of(request.POST.get("draft_key", ""))
    return domain.collect_several_into_new(fields=fields, key=key, **common)


def _added(request: HttpRequest, collected: CollectedSeveral) -> HttpResponse:
    told = ngettext(
        "%(number)d passage is in your dossier now.",
        "%(number)d passages are in your dossier now.",
        collected.new,
    ) % {"number": collected.new}
    before = ngettext(
        "%(number)d was there already and was not added again.",
        "%(number)d were there already and were not added again.",
        collected.present,
    ) % {"number": collected.present}
    parts = [told] * bool(collected.new) + [before] * bool(collected.present)
    (messages.success if collected.new else messages.warning)(request, " ".join(parts))
    return redirect(address(collected.dossier))


def _shown(each: Pick, *, is_ticked: bool) -> dict[str, Any]:
    page = each.original.passage.page
    where = _("page %(number)s") % {"number": page} if page else ""
    return {"value": each.value, "ticked": is_ticked, "where": where, "original": each.original}
