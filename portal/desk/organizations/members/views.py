"""The desk's pages for the members of an organization: who they are, another role, out, and oneself out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import ACTS_FOR, actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view
from portal.common.errors import Incomplete, NotAllowed
from portal.common.forms import put_at_fields
from portal.desk.organizations.members.forms import RoleForm
from portal.desk.organizations.own import own
from portal.organizations.enums import Role
from portal.organizations.members import domain, rules
from portal.organizations.members.queries import (
    late_invitations,
    members_of,
    open_invitations,
    other_owners,
    waiting_requests,
)
from portal.organizations.members.words import MAY
from portal.organizations.models import Membership, Organization


@desk_view
@require_safe
def members(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everybody who belongs to it; for its owners also who is invited and who asks."""
    organization, actor, now = own(request, key), actor_of(request), timezone.now()
    manages = rules.may_manage(actor, organization)
    context = {
        "crumbs": trail(organization, _("Members")),
        "organization": organization,
        "members": members_of(organization),
        "me": actor.user_id,
        "manages": manages,
        "open": open_invitations(organization, now) if manages else (),
        "late": late_invitations(organization, now) if manages else (),
        "requests": waiting_requests(organization, now) if manages else (),
        "may": [{"term": Role(role).label, "value": told} for role, told in MAY.items()],
    }
    return render(request, "desk/members/list.html", context)


@desk_view
@form_view
def member(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Another role for somebody."""
    organization, row = managed(request, key, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": row.role})
    if request.method == "POST" and form.is_valid():
        try:
            role = Role(form.cleaned_data["role"])
            domain.change_role(row, role=role, actor=actor_of(request), now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Saved. The person is told by mail."))
            return redirect("organizations:members", key=key)
    context = {
        "crumbs": trail(organization, _("Members"), str(row.user)),
        "organization": organization,
        "member": row,
        "form": form,
        "is_me": row.user_id == actor_of(request).user_id,
    }
    return render(request, "desk/members/member.html", context)


@desk_view
@form_view
def remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Asks before somebody is taken out."""
    organization, row = managed(request, key, pk)
    if row.user_id == actor_of(request).user_id:
        return redirect("organizations:leave", key=key)
    back = reverse("organizations:members", args=[key])
    if request.method == "POST":
        domain.remove(row, actor=actor_of(request), now=timezone.now())
        messages.success(request, _("%(person)s does not belong to it any more.") % {"person": row.user})
        return redirect(back)
    context = {
        "crumbs": trail(organization, _("Members"), str(row.user)),
        "heading": _("Take %(person)s out?") % {"person": row.user},
        "text": [
            _("The person then reads and writes nothing of %(organization)s any more, and is told by mail.")
            % {"organization": organization},
            _("What the person wrote stays with the organization."),
        ],
        "action": _("Take out"),
        "back": back,
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks before one leaves; the only owner is told what to do first."""
    organization, actor = own(request, key), actor_of(request)
    refusal: object = ""
    if request.method == "POST":
        try:
            domain.leave(organization, actor=actor, now=timezone.now())
        except Incomplete as refused:
            refusal = refused.problems[0].message
        else:
            request.session.pop(ACTS_FOR, None)
            messages.success(
                request, _("You do not belong to %(organization)s any more.") % {"organization": organization}
            )
            return redirect(desk_address())
    elif rules.may_manage(actor, organization) and not _has_successor(organization, actor.user_id or 0):
        refusal = domain.LAST_OWNER
    context: dict[str, Any] = {
        "crumbs": trail(organization, _("Members"), _("Leave the organization")),
        "organization": organization,
        "refusal": refusal,
        "text": [
            _("You then read and write nothing of it any more. What you wrote stays with it."),
            _("To come back you need an invitation of its owners."),
        ],
        "action": _("Leave the organization"),
        "back": reverse("organizations:members", args=[key]),
    }
    return render(request, "desk/members/leave.html", context)


def owned(request: HttpRequest, key: UUID) -> Organization:
    """One whose members the person may manage."""
    organization = own(request, key)
    if not rules.may_manage(actor_of(request), organization):
        raise NotAllowed("manage members")
    return organization


def managed(request: HttpRequest, key: UUID, pk: int) -> tuple[Organization, Membership]:
    organization = owned(request, key)
    return organization, get_object_or_404(organization.memberships.select_related("user"), pk=pk)


def trail(organization: Organization, *titles: str) -> list[dict[str, str]]:
    """From the desk over the organization and its members to the last title."""
    addresses = [reverse("organizations:members", args=[organization.key])] * (len(titles) - 1)
    above = crumbs_to(organization.name, organization.language)
    above[-1]["url"] = reverse("organizations:detail", args=[organization.key])
    return [
        *above,
        *({"title": title, "url": url} for title, url in zip(titles, [*addresses, ""], strict=True)),
    ]


def _has_successor(organization: Organization, user_id: int) -> bool:
    return other_owners(organization.pk, [user_id]).exists()
