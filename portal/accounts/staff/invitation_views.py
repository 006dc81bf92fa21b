"""The desk's pages of invitations to the staff: send, again, withdraw; and where the mail leads to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.doors import sign_out_and_back
from portal.accounts.staff import inviting
from portal.accounts.staff.forms import InviteForm
from portal.accounts.staff.queries import owns_address
from portal.accounts.staff.views import invitation_to, manages_again, require_manager, trail
from portal.accounts.staff.words import named
from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.forms import put_at_fields


@desk_view
@form_view
@manages_again
def invite(request: HttpRequest) -> HttpResponse:
    """One mail to an address; the page says the same whether or not it has an account."""
    require_manager(request)
    is_sent = request.method == "POST"
    form = InviteForm(
        request.POST if is_sent else typed_before_sign_in(request), initial={"language": get_language()}
    )
    if is_sent and form.is_valid() and _invited(request, form):
        return redirect("staff:list")
    context = {"crumbs": trail(_("Invite somebody")), "form": form, "is_sent": is_sent}
    return render(request, "staff/invite.html", context)


@desk_view
@require_POST
@manages_again
def resend(request: HttpRequest, key: UUID) -> HttpResponse:
    row = invitation_to(request, key)
    try:
        inviting.resend(row, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        messages.warning(request, str(refusal.problems[0].message))
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        told = _("Sent to %(email)s once more. Only the link in the newest mail is good, for 72 hours.")
        messages.success(request, told % {"email": row.email})
    return redirect("staff:list")


@desk_view
@require_POST
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    row = invitation_to(request, key)
    try:
        inviting.revoke(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        told = _("Withdrawn. The link in the mail to %(email)s opens nothing any more.")
        messages.success(request, told % {"email": row.email})
    return redirect("staff:list")


@desk_view
@form_view
def invitation(request: HttpRequest) -> HttpResponse:
    """Where the mail leads to: `?code=` of it. Nothing for anybody but the invited."""
    row, actor, now = inviting.invitation_of(request.GET.get("code", "")), actor_of(request), timezone.now()
    context: dict[str, Any] = {"crumbs": crumbs_to(_("Invitation")), "sign_out": sign_out_and_back(request)}
    if row is None:
        return render(request, "staff/invitation.html", context | {"is_unknown": True})
    if not owns_address(actor, row.email):
        if request.method == "POST":
            raise NotAllowed("accept an invitation")
        return render(request, "staff/invitation.html", context | {"is_others": True})
    if request.method == "POST" and _accepted(request, row):
        return redirect(desk_address())
    context |= {"invitation": row, "tasks": named(row.tasks), "closed": inviting.why_closed(row, now)}
    return render(request, "staff/invitation.html", context)


def _invited(request: HttpRequest, form: InviteForm) -> bool:
    try:
        inviting.invite(form.invited(), actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    told = _("Sent to %(email)s. The invitation is good for 72 hours.")
    messages.success(request, told % {"email": form.cleaned_data["email"]})
    return True


def _accepted(request: HttpRequest, row: Any) -> bool:
    try:
        inviting.accept(row, actor=actor_of(request), now=timezone.now())
    except WrongState:
        row.refresh_from_db()
        return False
    messages.success(request, _("You work for the portal now: %(tasks)s.") % {"tasks": named(row.tasks)})
    return True
