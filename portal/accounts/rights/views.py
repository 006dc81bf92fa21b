"""Pages of the rights of persons: one's data, its download, the erasure, what the portal holds of people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.again import OPENS, ask, is_recent, shown_again
from portal.accounts.enums import AccountAction
from portal.accounts.leaving import leavings
from portal.accounts.models import User
from portal.accounts.queries import owner_of
from portal.accounts.rights import domain, privacy
from portal.accounts.rights.downloading import archive
from portal.accounts.rights.forms import EraseForm, EraseForOthersForm
from portal.accounts.rights.queries import person_of
from portal.accounts.staff.views import manages_again, require_manager, trail
from portal.accounts.trail import note
from portal.common.actors import actor_of
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT


@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/privacy.html", privacy.context())


@require_safe
@never_cache
@login_required
def own_data(request: HttpRequest) -> HttpResponse:
    """Where the download and the erasure begin."""
    context = {"topics": privacy.context()["topics"], "is_ready": is_recent(request, OPENS)}
    return render(request, "rights/own_data.html", context)


@require_safe
@never_cache
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is held of the reader, to whoever has shown again who they are.

    Others go on at the page that leads here: after a file the browser would stay at the one that asks.
    """
    if not is_recent(request, OPENS):
        return ask(request, then=reverse("account_data"))
    user, now = request.user, timezone.now()
    file = archive(person_of(user), now=now, language=_language())  # type: ignore[arg-type]
    note(AccountAction.DATA_GIVEN, user, now=now)  # type: ignore[arg-type]
    name = f"cartagena40-{now:%Y-%m-%d}.zip"
    return FileResponse(  # type: ignore[return-value]  # reason: it streams
        file, as_attachment=True, filename=name, content_type="application/zip"
    )


@form_view
@shown_again
def erase(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays, and asks once more."""
    user: User = request.user  # type: ignore[assignment]
    alone = _left_alone(user)
    form = EraseForm(request.POST if request.method == "POST" else None, left_alone=alone)
    if request.method == "POST" and form.is_valid() and _erased(request, form, user):
        return redirect("account_erased")
    context = {"form": form, "alone": alone, "stays": privacy.stays(person_of(user))}
    return render(request, "rights/erase.html", context)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/erased.html")


@desk_view
@form_view
@manages_again
def erase_for_others(request: HttpRequest) -> HttpResponse:
    """An administrator erases what is held of somebody who asks for it in writing."""
    require_manager(request)
    is_sent = request.method == "POST"
    form = EraseForOthersForm(request.POST if is_sent else typed_before_sign_in(request))
    if is_sent and form.is_valid() and _erased_for(request, form):
        messages.success(request, _("Erased. One last mail tells the person, where there was an account."))
        return redirect("staff:list")
    context = {"crumbs": trail(_("Erase a person’s data")), "form": form, "is_sent": is_sent}
    return render(request, "rights/erase_for_others.html", context)


def _erased(request: HttpRequest, form: Any, user: User) -> bool:
    """The session goes with the account: nobody is signed in afterwards."""
    to_secretariat = bool(form.cleaned_data.get("to_secretariat"))
    try:
        domain.erase_account(user, actor=actor_of(request), now=timezone.now(), to_secretariat=to_secretariat)
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    request.session.flush()
    request.user = AnonymousUser()
    return True


def _erased_for(request: HttpRequest, form: Any) -> bool:
    """An account, with organizations left to the secretariat; without one what was sent to the address."""
    address, actor, now, asked = form.cleaned_data["email"], actor_of(request), timezone.now(), form.asked()
    user = owner_of(address)
    try:
        if user:
            domain.erase_account(user, actor=actor, now=now, to_secretariat=True, asked=asked)
        elif not domain.erase_address(address, actor=actor, now=now, asked=asked):
            form.add_error("email", _("Nothing is held of this address."))
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
    return not form.errors


def _left_alone(user: User) -> list[Any]:
    """Organizations that would have no owner, with where to choose one."""
    return [link for each in leavings() for link in each.left_alone(user, _language())]


def _language() -> str:
    return get_language() or DEFAULT
