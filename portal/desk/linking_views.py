"""The desk's page for public pledges without a link to the plan or to an umbrella pledge."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.errors import Incomplete, WrongState
from portal.common.languages import DEFAULT
from portal.plan.queries import choices as node_choices
from portal.pledges.domain import link_by_secretariat
from portal.pledges.frame_forms import action_groups
from portal.pledges.models import Pledge
from portal.pledges.proposals import Missing, proposals, unlinked
from portal.pledges.public_targets import records_of_keys
from portal.pledges.rules import may_link
from portal.publication.enums import RecordKind, Relation

PAGE_SIZE = 20


class ChooseForm(forms.Form):
    """Any action of the plan, where nothing fitting is proposed."""

    target = forms.ChoiceField(
        label=gettext_lazy("Action of the plan"),
        error_messages={
            "required": gettext_lazy("Choose an action."),
            "invalid_choice": gettext_lazy("Choose an action."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, language: str) -> None:
        super().__init__(data)
        field: Any = self.fields["target"]
        field.choices = [("", _("Choose an action")), *action_groups(language)]


@desk_view
@require_safe
def unlinked_pledges(request: HttpRequest) -> HttpResponse:
    """What lacks a link, with one button for each proposal; of one row (`?choose=`) every action."""
    if not may_link(actor_of(request)):
        raise Http404("unlinked pledges")
    form = ChooseForm(language=get_language() or DEFAULT) if "choose" in request.GET else None
    return _list(request, request.GET, request.GET.get("choose", ""), form)


@desk_view
@require_POST
def link_pledge(request: HttpRequest, key: UUID) -> HttpResponse:
    actor = actor_of(request)
    if not may_link(actor):
        raise Http404("unlinked pledges")
    pledge = get_object_or_404(Pledge, key=key)
    relation, target = request.POST.get("relation", ""), request.POST.get("target", "")
    form = ChooseForm(request.POST, language=get_language() or DEFAULT)
    if relation == Relation.CARRIES_OUT and not form.is_valid():
        return _list(request, request.POST, str(key), form)
    try:
        link_by_secretariat(pledge, relation=relation, target=target, actor=actor, now=timezone.now())
    except Incomplete as refusal:
        messages.error(request, str(refusal.problems[0].message))
    except WrongState as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Linked. Readers see that the secretariat says so."))
    return redirect(f"{reverse('desk:unlinked_pledges')}?{_query(request.POST)}")


def _list(request: HttpRequest, asked: QueryDict, choose: str, form: ChooseForm | None) -> HttpResponse:
    """`choose` is the key of the pledge whose action is chosen by hand in `form`."""
    language, missing = get_language() or DEFAULT, _missing(asked)
    page = Paginator(unlinked(missing), PAGE_SIZE).get_page(asked.get("page"))
    context = {
        "crumbs": crumbs_to(_("Pledges without a link")),
        "number": page.paginator.count,
        "missing": missing,
        "choices": [(each.value, each.label, each == missing) for each in Missing],
        "page": page,
        "prefix": f"?{urlencode({'missing': missing.value})}&page=",
        "rows": _rows(page, language),
        "choose": choose,
        "form": form,
    }
    return render(request, "desk/unlinked_pledges.html", context)


def _missing(asked: QueryDict) -> Missing:
    value = asked.get("missing", "")
    return Missing(value) if value in Missing.values else Missing.BOTH


def _query(asked: QueryDict) -> str:
    """The same part of the list again."""
    page = asked.get("page", "")
    return urlencode({"missing": _missing(asked).value, "page": page if page.isdecimal() else 1})


def _rows(page: Page, language: str) -> list[dict[str, Any]]:
    """Each with what can be proposed. Six queries, whatever the number of rows."""
    proposed = proposals(list(page))
    named = _names({target for each in proposed.values() for _relation, target in each}, language)
    return [
        {
            "record": row,
            "key": str(row.source_key),
            "url": row.path(language),
            "proposals": [
                {"relation": relation, "target": target, "label": named[target]}
                for relation, target in proposed[row.pk]
                if target in named
            ],
        }
        for row in page
    ]


def _names(targets: Iterable[str], language: str) -> dict[str, str]:
    """What a button says of an action or an umbrella pledge. Two queries."""
    wanted = set(targets)
    actions = {key: label for key, label in node_choices(language) if key in wanted}
    rows = records_of_keys(RecordKind.PLEDGE, {key for key in wanted if ":" not in key}).values()
    return actions | {str(row.source_key): row.title for row in rows}
