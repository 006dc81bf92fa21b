"""The desk's room of pledges that look alike: the list, a pair, what was decided. Editors only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
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
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.duplicates import domain
from portal.pledges.duplicates.domain import Judging
from portal.pledges.duplicates.forms import DecisionForm, PartForm, SameForm
from portal.pledges.duplicates.queries import decided, pairs, proposed
from portal.pledges.duplicates.wording import (
    beside,
    decided_rows,
    heads,
    party_names,
    records_of,
    signals_in_words,
)
from portal.pledges.enums import PairDecision
from portal.pledges.models import Pledge
from portal.pledges.rules import may_judge_pairs
from portal.publication.models import Record

SIZE = 10
FORMS: dict[str, type[DecisionForm]] = {
    PairDecision.SAME: SameForm,
    PairDecision.PART_OF: PartForm,
    PairDecision.RELATED: DecisionForm,
    PairDecision.DIFFERENT: DecisionForm,
}


@desk_view
@require_safe
def pair_list(request: HttpRequest) -> HttpResponse:
    """What nobody has decided, the likeliest first."""
    _judge(request)
    page = Paginator(proposed(), SIZE).get_page(request.GET.get("page"))
    rows, language = list(page), get_language() or DEFAULT
    records = records_of(rows)
    context = {
        "page": page,
        "number": page.paginator.count,
        "rows": [
            {
                "url": reverse("pledge_duplicates:pair", args=[row.key]),
                "heads": heads(*_both(row, records), language),
                "signals": signals_in_words(row),
            }
            for row in rows
            if row.one.key in records and row.other.key in records
        ],
        "crumbs": crumbs_to(_("Pledges that look alike")),
    }
    return render(request, "pledges/desk/duplicates.html", context)


@desk_view
@require_safe
def pair(request: HttpRequest, key: UUID) -> HttpResponse:
    """Both sides beside each other, and a form for each decision."""
    _judge(request)
    row, records = _open_pair(key)
    return _page(request, row, records, _forms(row, records))


@desk_view
@require_POST
def decide(request: HttpRequest, key: UUID, decision: str) -> HttpResponse:
    actor = _judge(request)
    row, records = _open_pair(key)
    forms = _forms(row, records) | {decision: _form(decision, row, records, request.POST)}
    form = forms[decision]
    if form.is_valid():
        try:
            _verbs(row)[decision](form.cleaned_data, actor)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Decided. It stands among the decisions, where it can be undone."))
            return redirect("pledge_duplicates:list")
    return _page(request, row, records, forms)


@desk_view
@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """The last decision first, each with a button that undoes it."""
    _judge(request)
    page = Paginator(decided(), SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": decided_rows(list(page)),
        "crumbs": _crumbs(_("Decisions about pledges that look alike")),
    }
    return render(request, "pledges/desk/decided_pairs.html", context)


@desk_view
@require_POST
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    actor = _judge(request)
    row = get_object_or_404(pairs(), key=key)
    try:
        domain.undo(row, actor=actor, now=timezone.now())
    except WrongState as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Undone. Both stand again as they did."))
    return redirect("pledge_duplicates:decided")


def _verbs(row: PledgePair) -> dict[str, Callable[[dict[str, Any], Actor], PledgePair]]:
    def judging(told: dict[str, Any], actor: Actor) -> Judging:
        return Judging(reason=told["reason"], actor=actor, now=timezone.now())

    return {
        PairDecision.SAME: lambda told, actor: domain.call_same(
            row, survivor=_side(row, told["keep"]), judging=judging(told, actor)
        ),
        PairDecision.PART_OF: lambda told, actor: domain.call_part_of(
            row, part=_side(row, told["part"]), judging=judging(told, actor)
        ),
        PairDecision.RELATED: lambda told, actor: domain.call_related(row, judging=judging(told, actor)),
        PairDecision.DIFFERENT: lambda told, actor: domain.call_different(row, judging=judging(told, actor)),
    }


def _side(row: PledgePair, name: str) -> Pledge:
    return row.one if name == "one" else row.other


def _forms(row: PledgePair, records: dict[UUID, Record]) -> dict[str, DecisionForm]:
    return {decision: _form(decision, row, records) for decision in FORMS}


def _form(decision: str, row: PledgePair, records: dict[UUID, Record], sent: Any = None) -> DecisionForm:
    sides = zip(("one", "other"), _both(row, records), strict=True)
    choices = [(name, f"{record.public_id} {record.title}") for name, record in sides]
    return FORMS[decision](sent, name=decision, sides=choices)


def _page(
    request: HttpRequest, row: PledgePair, records: dict[UUID, Record], forms: dict[str, DecisionForm]
) -> HttpResponse:
    both = _both(row, records)
    refused = next((form for form in forms.values() if form.errors), None)
    shown = [
        {
            "form": form,
            "title": PairDecision(decision).label,
            "action": reverse(f"pledge_duplicates:{decision}", args=[row.key]),
        }
        for decision, form in forms.items()
    ]
    context = {
        "heads": heads(*both, get_language() or DEFAULT),
        "facts": beside(*both, party_names(both)),
        "signals": signals_in_words(row),
        "forms": shown,
        "refused": refused,
        "crumbs": _crumbs(" · ".join(record.public_id for record in both)),
    }
    return render(request, "pledges/desk/duplicate.html", context)


def _both(row: PledgePair, records: dict[UUID, Record]) -> tuple[Record, Record]:
    return records[row.one.key], records[row.other.key]


def _open_pair(key: UUID) -> tuple[PledgePair, dict[UUID, Record]]:
    row = get_object_or_404(pairs(), key=key)
    records = records_of([row])
    if len(records) < 2:  # reason: both sides
        raise Http404(str(key))
    return row, records


def _crumbs(title: str) -> list[dict[str, str]]:
    desk, last = crumbs_to(title)
    room = {"title": _("Pledges that look alike"), "url": reverse("pledge_duplicates:list")}
    return [desk, room, last]


def _judge(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_judge_pairs(actor):
        raise Http404("pledges that look alike")
    return actor
