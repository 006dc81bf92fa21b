"""The desk's pages for invitations: send, send again, withdraw; and the page that the mail leads to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.doors import sign_out_and_back
from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.forms import put_at_fields
from portal.desk.organizations.members.forms import InviteForm
from portal.desk.organizations.members.views import owned, trail
from portal.organizations.enums import Role
from portal.organizations.member_models import Invitation
from portal.organizations.members import inviting
from portal.organizations.members.queries import owns_address
from portal.organizations.members.words import MAY


@desk_view
@form_view
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """One mail to an address; the page says the same whether or not it has an account."""
    organization, is_sent = owned(request, key), request.method == "POST"
    initial = {"role": Role.EDITOR, "language": get_language()}
    form = InviteForm(request.POST if is_sent else typed_before_sign_in(request), initial=initial)
    if is_sent and form.is_valid():
        try:
            inviting.invite(organization, to=form.invited(), actor=actor_of(request), now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            told = _("Sent to %(email)s. The invitation is good for 72 hours.")
            messages.success(request, told % {"email": form.cleaned_data["email"]})
            return redirect("organizations:members", key=key)
    context = {
        "crumbs": trail(organization, _("Members"), _("Invite somebody")),
        "organization": organization,
        "form": form,
        "is_sent": is_sent,
    }
    return render(request, "desk/members/invite.html", context)


@desk_view
@require_POST
def resend(request: HttpRequest, key: UUID, invitation: UUID) -> HttpResponse:
    row = _sent(request, key, invitation)
    try:
        inviting.resend(row, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        messages.warning(request, str(refusal.problems[0].message))
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        told = _("Sent to %(email)s once more. Only the link in the newest mail is good, for 72 hours.")
        messages.success(request, told % {"email": row.email})
    return redirect("organizations:members", key=key)


@desk_view
@require_POST
def revoke(request: HttpRequest, key: UUID, invitation: UUID) -> HttpResponse:
    row = _sent(request, key, invitation)
    try:
        inviting.revoke(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        told = _("Withdrawn. The link in the mail to %(email)s opens nothing any more.")
        messages.success(request, told % {"email": row.email})
    return redirect("organizations:members", key=key)


@desk_view
@form_view
def invitation(request: HttpRequest) -> HttpResponse:
    """Where the mail leads to: `?code=` of it. Nothing of the organization for anybody but the invited."""
    row, actor, now = inviting.invitation_of(request.GET.get("code", "")), actor_of(request), timezone.now()
    context: dict[str, Any] = {"crumbs": crumbs_to(_("Invitation")), "sign_out": sign_out_and_back(request)}
    if row is None:
        return render(request, "desk/members/invitation.html", context | {"is_unknown": True})
    if not owns_address(actor, row.email):
        if request.method == "POST":
            raise NotAllowed("accept an invitation")
        return render(request, "desk/members/invitation.html", context | {"is_others": True})
    if request.method == "POST":
        try:
            inviting.accept(row, actor=actor, now=now)
        except WrongState:
            row.refresh_from_db()
        else:
            told = _("You belong to %(organization)s now.") % {"organization": row.organization}
            messages.success(request, told)
            return redirect("organizations:detail", key=row.organization.key)
    closed = inviting.why_closed(row, now)
    context |= {
        "invitation": row,
        "closed": closed,
        "waits": closed is inviting.SUSPENDED,
        "inviter": "" if row.reason else row.invited_by,
        "may": MAY[row.role],
    }
    return render(request, "desk/members/invitation.html", context)


def _sent(request: HttpRequest, key: UUID, invitation: UUID) -> Invitation:
    return get_object_or_404(owned(request, key).invitations, key=invitation)
