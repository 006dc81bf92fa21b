"""The desk's pages of invitations to the staff: send, again, withdraw; and where the mail leads to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts import invitation_pages
from portal.accounts.models import StaffInvitation
from portal.accounts.queries import owns_address
from portal.accounts.staff import inviting
from portal.accounts.staff.forms import InviteForm
from portal.accounts.staff.views import invitation_to, manages_again, require_manager, trail
from portal.accounts.staff.words import named
from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields

PAGE = "staff/invitation.html"


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
    invitation_pages.resend(request, invitation_to(request, key), inviting.resend)
    return redirect("staff:list")


@desk_view
@require_POST
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    invitation_pages.revoke(request, invitation_to(request, key), inviting.revoke)
    return redirect("staff:list")


@desk_view
@form_view
def invitation(request: HttpRequest) -> HttpResponse:
    """Where the mail leads to: `?code=` of it. Nothing for anybody but the invited."""
    row = inviting.invitation_of(request.GET.get("code", ""))
    if row is None or not owns_address(actor_of(request), row.email):
        return invitation_pages.of_others(request, PAGE, row)
    closed = _accept(request, row) if request.method == "POST" else inviting.why_closed(row, timezone.now())
    if request.method == "POST" and closed is None:
        return redirect(desk_address())
    context = {"crumbs": crumbs_to(_("Invitation")), "invitation": row, "closed": closed}
    return render(request, PAGE, context | {"tasks": named(row.tasks)})


def _invited(request: HttpRequest, form: InviteForm) -> bool:
    try:
        inviting.invite(form.invited(), actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    told = _("Sent to %(email)s. The invitation is good for 72 hours.")
    messages.success(request, told % {"email": form.cleaned_data["email"]})
    return True


def _accept(request: HttpRequest, row: StaffInvitation) -> object | None:
    """Why it opens nothing; None for one of the staff from now on."""
    try:
        inviting.accept(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        return refusal.message
    messages.success(request, _("You work for the portal now: %(tasks)s.") % {"tasks": named(row.tasks)})
    return None
