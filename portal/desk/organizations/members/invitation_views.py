"""The desk's pages for invitations: send, send again, withdraw; and the page that the mail leads to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts import invitation_pages
from portal.accounts.queries import owns_address
from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.desk.organizations.members.forms import InviteForm
from portal.desk.organizations.members.views import owned, trail
from portal.organizations.enums import Role
from portal.organizations.member_models import Invitation
from portal.organizations.members import inviting
from portal.organizations.members.words import MAY

PAGE = "desk/members/invitation.html"


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
    invitation_pages.resend(request, _sent(request, key, invitation), inviting.resend)
    return redirect("organizations:members", key=key)


@desk_view
@require_POST
def revoke(request: HttpRequest, key: UUID, invitation: UUID) -> HttpResponse:
    invitation_pages.revoke(request, _sent(request, key, invitation), inviting.revoke)
    return redirect("organizations:members", key=key)


@desk_view
@form_view
def invitation(request: HttpRequest) -> HttpResponse:
    """Where the mail leads to: `?code=` of it. Nothing of the organization for anybody but the invited."""
    row = inviting.invitation_of(request.GET.get("code", ""))
    if row is None or not owns_address(actor_of(request), row.email):
        return invitation_pages.of_others(request, PAGE, row)
    closed = _accept(request, row) if request.method == "POST" else inviting.why_closed(row, timezone.now())
    if request.method == "POST" and closed is None:
        return redirect("organizations:detail", key=row.organization.key)
    context = {
        "crumbs": crumbs_to(_("Invitation")),
        "invitation": row,
        "closed": closed,
        "waits": closed is inviting.SUSPENDED,
        "inviter": "" if row.reason else row.invited_by,
        "may": MAY[row.role],
    }
    return render(request, PAGE, context)


def _accept(request: HttpRequest, row: Invitation) -> object | None:
    """Why it opens nothing; None for a member from now on."""
    try:
        inviting.accept(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        return refusal.message
    messages.success(request, _("You belong to %(organization)s now.") % {"organization": row.organization})
    return None


def _sent(request: HttpRequest, key: UUID, invitation: UUID) -> Invitation:
    return get_object_or_404(owned(request, key).invitations, key=invitation)
