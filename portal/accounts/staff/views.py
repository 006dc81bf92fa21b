"""The desk's room of the administrators: who works for the portal, their tasks, suspended and back."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.again import View, shown_again
from portal.accounts.enums import StaffAction
from portal.accounts.invitations import is_late
from portal.accounts.models import StaffInvitation, User
from portal.accounts.staff import domain, rules
from portal.accounts.staff.forms import ReasonForm, TasksForm
from portal.accounts.staff.queries import open_invitations, staff
from portal.accounts.staff.words import MAY, NAMES, named
from portal.common.actors import Group, actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed
from portal.common.forms import put_at_fields


def manages_again(view: View) -> View:
    """Around what changes the staff: before it is taken, an administrator shows again who they are."""
    again = shown_again(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_change = request.method == "POST" and rules.may_manage(actor_of(request))
        return (again if is_change else view)(request, *args, **kwargs)

    return inner


@desk_view
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who works for the portal and who is invited."""
    require_manager(request)
    now = timezone.now()
    context = {
        "crumbs": crumbs_to(_("Staff")),
        "people": [(row, _tasks(row)) for row in staff()],
        "me": actor_of(request).user_id,
        "invitations": [(row, named(row.tasks), is_late(row, now)) for row in open_invitations()],
        "may": [{"term": NAMES[each], "value": MAY[each]} for each in Group],
    }
    return render(request, "staff/list.html", context)


@desk_view
@form_view
@manages_again
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody's tasks, and what was changed of them."""
    user, is_sent = managed(request, pk), request.method == "POST"
    had = [each.name for each in user.groups.all()]
    form = TasksForm(request.POST if is_sent else typed_before_sign_in(request), had=had)
    if is_sent and form.is_valid() and _taken(request, form, user):
        is_same = set(form.cleaned_data["tasks"]) == set(had)
        told = _("Saved. The person and all administrators are told by mail.")
        messages.success(request, _("Nothing to change: these are the tasks already.") if is_same else told)
        return _onward(pk)
    return render(
        request, "staff/person.html", _shown(request, user) | {"form": form, "is_sent": is_sent, "had": had}
    )


@desk_view
@form_view
@manages_again
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason before an account is closed to its owner."""
    return _with_reason(request, pk, is_out=True)


@desk_view
@form_view
@manages_again
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, is_out=False)


def require_manager(request: HttpRequest) -> None:
    if not rules.may_manage(actor_of(request)):
        raise NotAllowed("read the staff")


def managed(request: HttpRequest, pk: int) -> User:
    """One of the staff; to everybody but administrators there is nobody."""
    if not rules.may_manage(actor_of(request)):
        raise Http404
    user: User = get_object_or_404(staff(), pk=pk)
    return user


def invitation_to(request: HttpRequest, key: object) -> StaffInvitation:
    if not rules.may_manage(actor_of(request)):
        raise Http404
    return get_object_or_404(StaffInvitation, key=key)


def trail(*titles: str) -> list[dict[str, str]]:
    desk, last = crumbs_to(titles[-1])
    return [desk, {"title": _("Staff"), "url": f"{desk_address()}staff/"}, last]


def _taken(request: HttpRequest, form: Any, user: User) -> bool:
    seen, actor = _seen(request), actor_of(request)
    try:
        domain.change_tasks(user, **form.cleaned_data, seen=seen, actor=actor, now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    return True


def _seen(request: HttpRequest) -> set[str] | None:
    """The tasks that stood on the page from which the form comes; the page names each, and one empty."""
    return set(filter(None, request.POST.getlist("seen"))) if "seen" in request.POST else None


def _onward(pk: int) -> HttpResponse:
    """To the person's page, which goes with the last task."""
    return redirect("staff:person", pk=pk) if staff().filter(pk=pk).exists() else redirect("staff:list")


def _with_reason(request: HttpRequest, pk: int, *, is_out: bool) -> HttpResponse:
    user, is_sent = managed(request, pk), request.method == "POST"
    form = ReasonForm(request.POST if is_sent else typed_before_sign_in(request))
    if is_sent and form.is_valid():
        verb = domain.suspend if is_out else domain.restore
        try:
            verb(user, **form.cleaned_data, actor=actor_of(request), now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            told = _("Suspended, and signed out everywhere.") if is_out else _("Let in again.")
            messages.success(request, told)
            return _onward(pk)
    context = _shown(request, user) | {"form": form, "is_sent": is_sent, "is_out": is_out}
    return render(request, "staff/reason.html", context)


def _shown(request: HttpRequest, user: User) -> dict[str, Any]:
    changes = user.staff_changes.select_related("by")
    return {
        "crumbs": trail(str(user)),
        "person": user,
        "tasks": _tasks(user),
        "may_change": rules.may_change(actor_of(request), user),
        "is_me": user.pk == actor_of(request).user_id,
        "changes": [(row, StaffAction(row.action).label, named(row.tasks)) for row in changes],
    }


def _tasks(user: User) -> str:
    names = named(each.name for each in user.groups.all())
    return ", ".join(filter(None, [names, _("Superuser") if user.is_superuser else ""]))
