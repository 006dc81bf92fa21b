"""The desk's pages on who else reads a dossier: people, withdraw, hand over, accept, leave."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.actors import actor_of
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import NotAllowed, WrongState
from portal.common.languages import DEFAULT
from portal.observatory.dossiers import rules, sharing
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.forms import ShareForm
from portal.observatory.dossiers.models import Share
from portal.observatory.dossiers.pages import address, crumbs_to, share_in, visible
from portal.observatory.dossiers.queries import offer_to, shares_of


@desk_view
@form_view
def people(request: HttpRequest, key: UUID) -> HttpResponse:
    """Addresses and roles as the owner gave them, and a form to add one."""
    dossier, actor = visible(request, key), actor_of(request)
    if not rules.can_share(actor, dossier):
        raise NotAllowed("share a dossier")
    form = ShareForm(request.POST if request.method == "POST" else typed_before_sign_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            given = sharing.share(
                dossier,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                language=get_language() or DEFAULT,
                actor=actor,
                now=timezone.now(),
            )
            messages.success(
                request,
                _("Shared with %(email)s. It opens once somebody with this confirmed address signs in.")
                % {"email": given.email},
            )
            return redirect(address(dossier, "people"))
        except WrongState as refusal:
            form.add_error("email", str(refusal.message))
    context = {
        "heading": _("Who else reads it"),
        "crumbs": crumbs_to(_("Who else reads it"), dossier),
        "dossier": dossier,
        "shares": shares_of(dossier),
        "form": form,
    }
    return render(request, "dossiers/people.html", context)


@desk_view
@form_view
def withdraw(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    given = _owned(request, key, pk)
    if request.method == "POST":
        sharing.withdraw_share(given, actor=actor_of(request), now=timezone.now())
        messages.success(request, _("Withdrawn. This person can no longer open the dossier."))
        return redirect(address(given.dossier, "people"))
    context = {
        "crumbs": crumbs_to(_("Withdraw"), given.dossier),
        "heading": _("Stop sharing the dossier with %(email)s?") % {"email": given.email},
        "text": [_("Files that the person has downloaded before stay with the person.")],
        "action": _("Withdraw"),
        "back": address(given.dossier, "people"),
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def offer(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    given = _owned(request, key, pk)
    if request.method == "POST":
        sharing.offer(given, actor=actor_of(request), now=timezone.now())
        messages.success(request, _("Offered. The dossier stays yours until the person takes it over."))
        return redirect(address(given.dossier, "people"))
    context = {
        "crumbs": crumbs_to(_("Hand over"), given.dossier),
        "heading": _("Hand the dossier over to %(email)s?") % {"email": given.email},
        "text": [
            _("The person sees the offer in the dossier and can take it over. Then the dossier is theirs."),
            _("You stay in it as somebody who reads and edits. Until then you can take the offer back."),
        ],
        "action": _("Offer it"),
        "back": address(given.dossier, "people"),
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@require_POST
def keep(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    given = _owned(request, key, pk)
    sharing.take_back_offer(given, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("The offer is taken back. The dossier stays yours."))
    return redirect(address(given.dossier, "people"))


@desk_view
@form_view
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    dossier, actor = visible(request, key), actor_of(request)
    if offer_to(actor, dossier) is None:
        raise Http404
    if request.method == "POST":
        try:
            sharing.accept(dossier, actor=actor, now=timezone.now())
            messages.success(request, _("The dossier is yours now."))
        except WrongState as refusal:
            messages.warning(request, str(refusal.message))
        return redirect(address(dossier))
    context = {
        "crumbs": crumbs_to(_("Take it over"), dossier),
        "heading": _("Take “%(title)s” over?") % {"title": dossier.title},
        "text": [
            _("The dossier is yours then: you say who reads it, and you alone can delete it."),
            _("%(name)s stays in it as somebody who reads and edits.") % {"name": dossier.owner},
        ],
        "action": _("Take it over"),
        "back": address(dossier),
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    dossier, actor = visible(request, key), actor_of(request)
    if not rules.can_leave(actor, dossier):
        raise NotAllowed("leave a dossier")
    if request.method == "POST":
        sharing.leave(dossier, actor=actor, now=timezone.now())
        messages.success(request, _("You have left the dossier."))
        return redirect("dossiers:list")
    context = {
        "crumbs": crumbs_to(_("Leave"), dossier),
        "heading": _("Leave “%(title)s”?") % {"title": dossier.title},
        "text": [_("It goes from your list. What you added to it stays in it.")],
        "action": _("Leave"),
        "back": address(dossier),
    }
    return render(request, "desk/confirm.html", context)


def _owned(request: HttpRequest, key: UUID, pk: int) -> Share:
    given = share_in(request, key, pk)
    if not rules.can_share(actor_of(request), given.dossier):
        raise NotAllowed("share a dossier")
    return given
