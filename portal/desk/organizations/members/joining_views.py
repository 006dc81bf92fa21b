"""The desk's pages for requests to join: ask, take it back; for owners read one and decide."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.desk.organizations.members.forms import AskForm, DeclineForm, LetInForm
from portal.desk.organizations.members.views import owned, trail
from portal.organizations.enums import JoinState, Role
from portal.organizations.member_models import JoinRequest
from portal.organizations.members import joining, rules
from portal.organizations.members.queries import request_of, waiting_requests
from portal.organizations.members.words import JOINING
from portal.organizations.models import Organization
from portal.organizations.queries import role_of
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import record_by_public_id


@desk_view
@form_view
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the owners of a public organization to let one in, and see what became of it."""
    record, organization = _public(public_id)
    actor, now, is_sent = actor_of(request), timezone.now(), request.method == "POST"
    if role_of(actor, organization.pk) is not None:
        return redirect("organizations:detail", key=organization.key)
    form = AskForm(request.POST if is_sent else typed_before_sign_in(request))
    if is_sent and form.is_valid():
        try:
            joining.ask(organization, text=form.cleaned_data["text"], actor=actor, now=now)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Asked. The owners decide within 30 days; you get a mail."))
            return redirect("organizations:join", public_id=public_id)
    mine = request_of(actor, organization)
    state = joining.state_at(mine, now) if mine else None
    label, tone = JOINING[state] if state else ("", "")
    context = {
        "crumbs": crumbs_to(record.title, record.language),
        "record": record,
        "url": record.path(get_language() or DEFAULT),
        "mine": mine,
        "label": label,
        "tone": tone,
        "waits": state == JoinState.WAITING,
        "can_ask": state != JoinState.WAITING and rules.can_ask(actor, organization),
        "form": form,
        "is_sent": is_sent,
    }
    return render(request, "desk/members/join.html", context)


@desk_view
@require_POST
def join_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    _record, organization = _public(public_id)
    mine = get_object_or_404(
        JoinRequest, organization=organization, person_id=actor_of(request).user_id, state=JoinState.WAITING
    )
    joining.withdraw(mine, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("You took it back. You can ask again."))
    return redirect("organizations:join", public_id=public_id)


@desk_view
@require_safe
def asked(request: HttpRequest, key: UUID, asked: UUID) -> HttpResponse:
    """Who asks, with both decisions."""
    organization, row = _asked(request, key, asked)
    return _decision(request, organization, row, LetInForm(initial={"role": Role.EDITOR}), DeclineForm())


@desk_view
@require_POST
def let_in(request: HttpRequest, key: UUID, asked: UUID) -> HttpResponse:
    organization, row = _asked(request, key, asked)
    form = LetInForm(request.POST)
    if not form.is_valid():
        return _decision(request, organization, row, form, DeclineForm())
    role = Role(form.cleaned_data["role"])
    try:
        joining.let_join(row, role=role, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return _decision(request, organization, row, form, DeclineForm())
    messages.success(request, _("%(person)s belongs to it now and is told by mail.") % {"person": row.person})
    return redirect("organizations:members", key=key)


@desk_view
@require_POST
def decline(request: HttpRequest, key: UUID, asked: UUID) -> HttpResponse:
    organization, row = _asked(request, key, asked)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _decision(request, organization, row, LetInForm(initial={"role": Role.EDITOR}), form)
    reason = form.cleaned_data["reason"]
    joining.decline(row, reason=reason, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Declined. The person is told by mail, with your reason."))
    return redirect("organizations:members", key=key)


def _public(public_id: str) -> tuple[Record, Organization]:
    record = record_by_public_id(public_id, RecordKind.ORGANIZATION)
    return record, get_object_or_404(Organization, key=record.source_key)


def _asked(request: HttpRequest, key: UUID, asked: UUID) -> tuple[Organization, JoinRequest]:
    """One that waits: what was decided is nobody's page any more."""
    organization = owned(request, key)
    return organization, get_object_or_404(waiting_requests(organization, timezone.now()), key=asked)


def _decision(
    request: HttpRequest, organization: Organization, row: JoinRequest, let_in: LetInForm, no: DeclineForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "crumbs": trail(organization, _("Members"), str(row.person)),
        "organization": organization,
        "asked": row,
        "let_in": let_in,
        "decline": no,
        "refused": let_in if let_in.is_bound else no,
    }
    return render(request, "desk/members/asked.html", context)
