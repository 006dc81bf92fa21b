"""The desk's pages for an organization: register, see where it stands, change the profile."""

from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view, safe_next, typed_before_sign_in
from portal.common.errors import EditConflict, Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.ids import key_in
from portal.desk.organizations.changes import clash_of, profile_facts, told_change
from portal.desk.organizations.fields import initial_of
from portal.desk.organizations.forms import ProfileForm
from portal.desk.organizations.lookalikes import lookalikes_of
from portal.desk.organizations.own import own
from portal.desk.organizations.protection_forms import ProtectForm
from portal.organizations import domain, rules
from portal.organizations.enums import ChangeState, OrganizationState
from portal.organizations.grounds import WORDS
from portal.organizations.merging.queries import own_instead
from portal.organizations.models import Organization
from portal.organizations.profile_fields import mark_of
from portal.organizations.queries import change_in_hand, is_shown, last_change, waiting_change
from portal.organizations.saving import going_on_with, save_profile
from portal.organizations.states import APPEAL_STATES, CHANGE_STATES, ONCE_VERIFIED, STATES
from portal.organizations.verifying.yearly import lapses_on
from portal.publication.enums import RecordKind
from portal.publication.queries import published

# Days before it lapses from which on that stands on top.
SOON = 60
# Of a change: it waits, or its members read why it was declined.
_TOLD = CHANGE_STATES.waiting | {ChangeState.DECLINED}


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    """Register an organization; `?next=` is where the person wanted to go."""
    is_sent = request.method == "POST"
    typed = request.POST if is_sent else typed_before_sign_in(request)
    form, protect = ProfileForm(typed), ProtectForm(typed)
    if not is_sent or "name" in form.errors:
        if "send" in request.POST:
            form.complete()
        return _profile(request, form, None, protect=protect)
    key = key_in(request.POST.get("draft_key", ""))
    actor, now = actor_of(request), timezone.now()
    try:
        made = domain.create_organization(
            fields=form.saved_fields(),
            key=key,
            is_protected=protect.is_valid() and protect.cleaned_data["is_protected"],
            actor=actor,
            now=now,
        )
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return _profile(request, form, None, protect=protect)
    return _after_saving(request, form, made)


@desk_view
@form_view
def profile(request: HttpRequest, key: UUID) -> HttpResponse:
    organization = own(request, key)
    change = change_in_hand(organization)
    if request.method != "POST":
        if not rules.can_edit(actor_of(request), organization):
            return redirect("organizations:detail", key=key)
        form = ProfileForm(typed_before_sign_in(request), organization=organization, change=change)
        return _profile(request, form, organization)
    form = ProfileForm(request.POST, organization=organization, change=change)
    if "name" in form.errors:
        return _profile(request, form, organization)
    fields, seen = form.saved_fields(), request.POST.get("seen", "")
    try:
        save_profile(organization, fields=fields, seen=seen, actor=actor_of(request), now=timezone.now())
    except EditConflict as conflict:
        return _profile(request, form, organization, clash=clash_of(organization, conflict, asdict(fields)))
    except WrongState as refusal:
        form.add_error(None, str(refusal.message))
        return _profile(request, form, organization)
    organization.refresh_from_db()
    return _after_saving(request, form, organization)


@desk_view
@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the organization stands and what comes next; of a merged one, that of the one it is now."""
    try:
        organization = own(request, key)
    except Http404:
        if (into := own_instead(actor_of(request), key)) is None:
            raise
        messages.info(request, _("What you looked for is one with this organization now."))
        return redirect("organizations:detail", key=into.key)
    return render(request, "desk/organizations/detail.html", _detail(request, organization))


@desk_view
@require_POST
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send a saved profile to the secretariat; what is missing is shown at the fields."""
    organization = own(request, key)
    try:
        domain.submit_organization(organization, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        form = ProfileForm(_typed(organization), organization=organization)
        put_at_fields(form, refusal.problems)
        return _profile(request, form, organization)
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        _tell_submitted(request)
    return redirect("organizations:detail", key=key)


def _after_saving(request: HttpRequest, form: ProfileForm, organization: Organization) -> HttpResponse:
    """On to the secretariat when asked and complete; back to the form with what was not kept."""
    wants_to_send = "send" in request.POST
    if wants_to_send:
        form.complete(is_shown=is_shown(organization))
    if form.errors:
        return _profile(request, form, organization, is_saved=True)
    if wants_to_send:
        if organization.state != OrganizationState.SUBMITTED:  # A form sent twice finds it submitted.
            domain.submit_organization(organization, actor=actor_of(request), now=timezone.now())
        _tell_submitted(request)
    elif waiting_change(organization) is not None:
        told = _("Saved. What readers see changes once the secretariat has read it.")
        messages.success(request, told)
    else:
        messages.success(request, _("Saved. You can go on whenever you like."))
    return redirect(safe_next(request, reverse("organizations:detail", args=[organization.key])))


def _tell_submitted(request: HttpRequest) -> None:
    told = _("Submitted to the secretariat. You can start writing now; only submitting texts has to wait.")
    messages.success(request, told)


def _profile(
    request: HttpRequest,
    form: ProfileForm,
    organization: Organization | None,
    *,
    is_saved: bool = False,
    clash: dict[str, Any] | None = None,
    protect: ProtectForm | None = None,
) -> HttpResponse:
    title = organization.name if organization else _("Register your organization")
    address = reverse("organizations:profile", args=[organization.key]) if organization else request.path
    may_submit = organization is None or rules.can_submit(actor_of(request), organization)
    context = {
        "heading": title,
        "crumbs": crumbs_to(title),
        "form": form,
        "organization": organization,
        "action": address,
        "next": safe_next(request, ""),
        "draft_key": uuid4(),
        "may_submit": may_submit,
        "is_saved": is_saved,
        "protect": protect,
        "lookalikes": lookalikes_of(organization) if organization else [],
        "is_verified": organization is not None and organization.state in ONCE_VERIFIED,
        "seen": _seen(form, organization, is_saved=is_saved),
        **(clash or {}),
    }
    return render(request, "desk/organizations/profile.html", context)


def _seen(form: ProfileForm, organization: Organization | None, *, is_saved: bool) -> str:
    """The mark of what the form goes on with; of one that was refused, what it came with."""
    if organization is None:
        return ""
    if form.is_bound and not is_saved and "seen" in form.data:
        return str(form.data["seen"])
    return mark_of(going_on_with(organization))


def _detail(request: HttpRequest, organization: Organization) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "crumbs": crumbs_to(organization.name),
        "organization": organization,
        "state": STATES[organization.state],
        "state_label": STATES.label(organization.state),
        "may_edit": (may_edit := rules.can_edit(actor, organization)),
        # While an appeal waits, submitting what was declined would end it.
        "may_submit": may_edit and rules.can_submit(actor, organization),
        "ground": WORDS.get(organization.ground, ""),
        "may_prove": rules.can_prove(actor, organization),
        "may_confirm": rules.can_confirm(actor, organization),
        "lapses_on": lapses_on(organization) if organization.state == OrganizationState.VERIFIED else None,
        "is_due": organization.state == OrganizationState.LAPSED
        or (lapses_on(organization) - timezone.now().date()).days <= SOON,
        "may_ask_for_two": rules.can_ask_for_vouchers(actor, organization) and not organization.is_at_risk,
        "appeal": (last := organization.appeals.order_by("-pk").first()),
        "appeal_state": APPEAL_STATES[last.state] if last else None,
        "may_appeal": rules.can_appeal(actor, organization),
        "desk": desk_address(),
        "lookalikes": lookalikes_of(organization),
        "may_write": rules.may_write_for(actor, organization),
        "record": published(RecordKind.ORGANIZATION).filter(source_key=organization.key).first(),
        "facts": profile_facts(organization),
        "change": (change := last_change(organization)),
        "told": told_change(change, actor) if change and change.state in _TOLD else None,
        "may_ask_identity": rules.can_ask_identity(actor, organization),
    }


def _typed(organization: Organization) -> dict[str, Any]:
    """What is stored, as if it had been sent."""
    return initial_of(organization.profile)
