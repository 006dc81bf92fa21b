"""The desk's pages on which a verified organization asks for another identity, and any one for a logo."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import EditConflict, Incomplete, Problem, WrongState
from portal.common.forms import put_at_fields
from portal.desk.organizations.changes import clash_of
from portal.desk.organizations.forms import IdentityForm, LogoForm
from portal.desk.organizations.own import own
from portal.files import downloads
from portal.files.models import StoredFile
from portal.organizations import changes, logos, rules
from portal.organizations.models import Organization, ProfileChange
from portal.organizations.profile_fields import mark_of
from portal.organizations.queries import change_in_hand, visible_to, waiting_change
from portal.organizations.states import ONCE_VERIFIED


@desk_view
@form_view
def identity(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask the secretariat for another name, type or country of a verified organization."""
    organization = own(request, key)
    change, is_sent = change_in_hand(organization), request.method == "POST"
    typed = request.POST if is_sent else typed_before_sign_in(request)
    form = IdentityForm(typed, organization=organization, change=change)
    if not is_sent and not rules.can_ask_identity(actor_of(request), organization):
        return redirect("organizations:detail", key=key)
    seen = mark_of(changes.asked_identity(organization))
    told = {"form": form, "seen": form.data.get("seen", seen) if form.is_bound else seen}
    if is_sent and form.is_valid():
        given = {"identity": form.identity(), "note": form.cleaned_data["note"]}
        given["seen"] = request.POST.get("seen", "")
        try:
            asked = changes.ask_identity(organization, **given, actor=actor_of(request), now=timezone.now())
        except EditConflict as conflict:
            told |= clash_of(organization, conflict, {**form.identity(), "note": given["note"]})
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return _saved(request, organization, asked)
    return _page(request, "identity", organization, told)


@desk_view
@form_view
def logo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose a logo and say what it shows."""
    organization = own(request, key)
    change, is_sent = waiting_change(organization), request.method == "POST"
    shown = change.logo if change and change.changes_logo else organization.logo
    text = (change.profile if change else {}).get("logo_text", organization.logo_text)
    form = LogoForm(typed_before_sign_in(request), initial={"logo_text": text})
    if not is_sent and not rules.can_edit(actor_of(request), organization):
        return redirect("organizations:detail", key=key)
    if is_sent:
        form = LogoForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                asked = _change_logo(request, form, organization, shown)
            except Incomplete as refusal:
                put_at_fields(form, refusal.problems)
            except WrongState as refusal:
                form.add_error(None, str(refusal.message))
            else:
                return _saved(request, organization, asked)
    context = {"form": form, "picture": _picture(organization, change), "text": text}
    return _page(request, "logo", organization, context)


@desk_view
@require_POST
def remove_logo(request: HttpRequest, key: UUID) -> HttpResponse:
    organization, actor = own(request, key), actor_of(request)
    try:
        asked = changes.change_logo(organization, logo=None, text="", actor=actor, now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("organizations:detail", key=key)
    return _saved(request, organization, asked)


@desk_view
@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back what waits for the secretariat."""
    organization = own(request, key)
    change = waiting_change(organization)
    if change is None:
        messages.warning(request, _("It is decided already and cannot be taken back."))
        return redirect("organizations:detail", key=key)
    changes.withdraw_change(change, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("You took the change back. The public page stays as it is."))
    return redirect("organizations:detail", key=key)


@desk_view
@require_safe
def logo_picture(request: HttpRequest, key: UUID) -> HttpResponse:
    """The logo as it is: for members, and for the secretariat once the organization was submitted."""
    row = get_object_or_404(visible_to(actor_of(request)).distinct(), key=key)
    return _picture_of(row.logo)


@desk_view
@require_safe
def change_logo(request: HttpRequest, key: UUID) -> HttpResponse:
    """The logo as it would be: for members, and for the secretariat."""
    change = get_object_or_404(ProfileChange.objects.select_related("organization", "logo"), key=key)
    if not _may_see(actor_of(request), change.organization):
        raise Http404(str(key))
    return _picture_of(change.logo)


def _change_logo(
    request: HttpRequest, form: LogoForm, organization: Organization, shown: StoredFile | None
) -> ProfileChange | None:
    actor, now, sent = actor_of(request), timezone.now(), form.cleaned_data["logo"]
    if not rules.may_write_for(actor, organization):
        return changes.change_logo(organization, logo=None, text="", actor=actor, now=now)
    if sent is None and shown is None:
        raise Incomplete([Problem("logo", _("Choose a picture."))])
    stored = logos.store_logo(sent.read(), sent.name or "", actor=actor, now=now) if sent else shown
    return changes.change_logo(
        organization, logo=stored, text=form.cleaned_data["logo_text"], actor=actor, now=now
    )


def _saved(request: HttpRequest, organization: Organization, asked: ProfileChange | None) -> HttpResponse:
    if asked is not None:
        messages.success(request, _("Saved. What readers see changes once the secretariat has read it."))
    elif organization.state in ONCE_VERIFIED:
        messages.success(request, _("Nothing is different from what readers see now."))
    else:
        messages.success(request, _("Saved. You can go on whenever you like."))
    return redirect("organizations:detail", key=organization.key)


def _may_see(actor: Actor, organization: Organization) -> bool:
    return rules.can_view(actor, organization)


def _picture(organization: Organization, change: ProfileChange | None) -> str:
    if change is not None and change.changes_logo:
        return reverse("organizations:change_logo", args=[change.key]) if change.logo_id else ""
    return reverse("organizations:logo_picture", args=[organization.key]) if organization.logo_id else ""


def _picture_of(stored: StoredFile | None) -> HttpResponse:
    if stored is None:
        raise Http404("logo")
    return downloads.original(stored)


def _page(
    request: HttpRequest, name: str, organization: Organization, context: dict[str, object]
) -> HttpResponse:
    told = {"organization": organization, "crumbs": crumbs_to(organization.name), **context}
    return render(request, f"desk/organizations/{name}.html", told)
