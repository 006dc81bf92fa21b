"""The secretariat's room for organizations without an owner that can be reached."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed
from portal.common.forms import put_at_fields
from portal.desk.organizations.members.forms import OUTSIDE, AppointForm
from portal.organizations.enums import Role
from portal.organizations.members import appointing, rules
from portal.organizations.members.queries import members_of, out_of_reach_of
from portal.organizations.models import Organization
from portal.organizations.queries import was_revealed

MOST = 200


@desk_view
@require_safe
def without_owner(request: HttpRequest) -> HttpResponse:
    """Organizations to which decisions may reach nobody, by name."""
    if not rules.may_read_out_of_reach(actor_of(request)):
        raise NotAllowed("organizations without an owner")
    rows = out_of_reach_of(actor_of(request), timezone.now()).prefetch_related("memberships__user")[:MOST]
    context = {"crumbs": crumbs_to(_("Organizations without an owner")), "rows": rows}
    return render(request, "desk/members/without_owner.html", context)


@desk_view
@form_view
def appoint(request: HttpRequest, key: UUID) -> HttpResponse:
    """A member or somebody from outside becomes the owner, with a reason."""
    if not rules.may_read_out_of_reach(actor_of(request)):
        raise Http404(key)
    actor, is_sent = actor_of(request), request.method == "POST"
    organization = get_object_or_404(out_of_reach_of(actor, timezone.now()), key=key)
    if not rules.may_appoint(actor, organization):
        raise NotAllowed("appoint an owner")
    if organization.is_protected and not was_revealed(actor, organization, timezone.now()):
        return redirect("organizations:reveal", key=key)
    members = members_of(organization)
    rows = [row for row in members if row.user.is_active and row.role != Role.OWNER]
    typed = request.POST if is_sent else typed_before_sign_in(request)
    form = AppointForm(typed, members=rows, initial={"language": organization.language})
    if is_sent and form.is_valid():
        try:
            _appoint(organization, form, actor)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Done. The owners until now are told by mail, with your reason."))
            return redirect("organizations:without_owner")
    context = {
        "crumbs": crumbs_to(organization.name, organization.language),
        "organization": organization,
        "members": members,
        "form": form,
        "is_sent": is_sent,
        "language": get_language(),
    }
    return render(request, "desk/members/appoint.html", context)


def _appoint(organization: Organization, form: AppointForm, actor: Actor) -> None:
    now, who, reason = timezone.now(), form.cleaned_data["who"], form.cleaned_data["reason"]
    if who == OUTSIDE:
        appointing.appoint_by_mail(organization, to=form.invited(), reason=reason, actor=actor, now=now)
        return
    member = get_object_or_404(organization.memberships, pk=who)
    appointing.appoint_member(member, reason=reason, actor=actor, now=now)
